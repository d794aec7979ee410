//! What both implementations promise, tried on a small collection. Sets, not ranking.

use super::{Entry, SearchIndex, State, parse};

/// The cases of the small collection; their places in the list are their numbers.
fn collection() -> Vec<Entry> {
    let labels = |ordinal: u32| match ordinal {
        2 | 4 => ["Smart light pole", "smart_light_pole", "Public Wi-Fi"].map(str::to_owned).to_vec(),
        6 => vec!["Memorandum of understanding".to_owned()],
        _ => Vec::new(),
    };
    let case = |ordinal, title: &str, place: (&str, &str, &str), vendor: &str, text: &str| Entry {
        ordinal,
        tie: 0,
        titles: vec![title.to_owned()],
        places: vec![place.0.to_owned()],
        vendors: vec![vendor.to_owned()],
        country_codes: vec![place.1.to_owned()],
        country_names: vec![place.2.to_owned()],
        texts: vec![text.to_owned()],
        labels: labels(ordinal),
    };
    let germany = |city| (city, "DE", "Germany");
    vec![
        case(
            0,
            "Duisburg and the Rhine cloud",
            germany("Duisburg"),
            "Huawei",
            "A memorandum on a smart city. Face recognition was declined.",
        ),
        case(
            1,
            "Düsseldorf parking sensors",
            germany("Düsseldorf"),
            "Huawei Technologies",
            "Sensors count cars; nobody asked the council.",
        ),
        case(
            2,
            "Street lights that listen",
            ("Eindhoven", "NL", "Netherlands"),
            "Philips",
            "A smart street light with a camera and a microphone.",
        ),
        case(3, "City operating system", ("Hangzhou", "CN", "China"), "Alibaba Cloud", "城市大脑 分析 交通 数据中心"),
        case(
            4,
            "Smart light in the harbour",
            ("Rotterdam", "NL", "Netherlands"),
            "Philips",
            "Lights of the port. The city can not read the data of its own street.",
        ),
        case(5, "Supercity plan", ("Osaka", "JP", "Japan"), "Fujitsu", "スーパーシティ構想とデータ連携"),
        case(6, "School network", germany("Köln"), "Netcologne", "An offer of 2018 for e-learning, never signed."),
    ]
}

/// Tries everything; the index may hold anything before.
pub(super) fn holds_for(index: &dyn SearchIndex) {
    let all = collection();
    let mut batches = all.chunks(3).map(|batch| Ok(batch.to_vec()));
    let mut seen = Vec::new();
    assert_eq!(index.rebuild(&mut batches, &mut |count| seen.push(count)).unwrap(), 7);
    assert_eq!(seen, [3, 6, 7]);
    assert_eq!(index.state(), State::Ready { count: 7 });
    words(index);
    mistakes(index);
    scripts(index);
    changes(index, &all);
}

fn found(index: &dyn SearchIndex, typed: &str) -> Vec<u32> {
    let matches = index.matches(&parse(typed).query).unwrap();
    assert!(matches.complete, "{typed}");
    assert_eq!(matches.set, matches.ordinals.iter().copied().collect(), "{typed}");
    let mut ordinals = matches.ordinals.clone();
    ordinals.sort_unstable();
    ordinals
}

fn words(index: &dyn SearchIndex) {
    for (typed, expected) in [
        ("duisburg", &[0][..]),
        ("smart light", &[2, 4]),
        ("\"smart street light\"", &[2]),
        ("\"light smart\"", &[]),
        ("smart -camera", &[0, 4]),
        ("smart -\"street light\"", &[0, 4]),
        ("-vendor:philips smart", &[0]),
        ("-smart", &[1, 3, 5, 6]),
        ("vendor:huawei", &[0, 1]),
        ("vendor:\"alibaba cloud\"", &[3]),
        ("title:cloud", &[0]),
        ("cloud", &[0, 3]),
        ("country:de", &[0, 1, 6]),
        ("country:netherlands", &[2, 4]),
        ("country:de vendor:huawei memorandum", &[0]),
        ("place:rotterdam lights", &[4]),
        ("netherlands", &[2, 4]),
        ("memor", &[0, 6]),
        ("e-learning", &[6]),
        ("2018", &[6]),
        ("light pole", &[2, 4]),
        ("\"smart light pole\"", &[2, 4]),
        ("smart_light_pole", &[2, 4]),
        ("\"pole public\"", &[]),
        ("public wi-fi rotterdam", &[4]),
        ("-\"light pole\" smart", &[0]),
        ("title:pole", &[]),
        ("memorandum", &[0, 6]),
        ("2017", &[]),
        ("xyzzy", &[]),
    ] {
        assert_eq!(found(index, typed), expected, "{typed}");
    }
}

fn mistakes(index: &dyn SearchIndex) {
    for typed in ["Düsseldorf", "Duesseldorf", "Dusseldorf", "DUSSELDORF", "Dusseldrof", "Duseldorff"] {
        assert_eq!(found(index, &format!("{typed} parking")), [1], "{typed}");
    }
    assert_eq!(found(index, "Koeln"), [6]);
    assert_eq!(found(index, "Koln"), [6]);
    assert_eq!(found(index, "duisbrug"), [0]);
    assert_eq!(found(index, "vendor:huwei"), [0, 1]);
    assert_eq!(found(index, "\"duisbrug\""), [0; 0], "a phrase is meant as written");
}

fn scripts(index: &dyn SearchIndex) {
    assert_eq!(found(index, "数据中心"), [3]);
    assert_eq!(found(index, "城市"), [3]);
    assert_eq!(found(index, "データ連携"), [5]);
    assert_eq!(found(index, "构想"), [0; 0]);
}

fn changes(index: &dyn SearchIndex, all: &[Entry]) {
    let changed = Entry { titles: vec!["Harbour lamps".into()], ..all[4].clone() };
    let added = Entry { ordinal: 70_000, titles: vec!["Added afterwards".into()], ..Entry::default() };
    index.replace(&[changed, added]).unwrap();
    assert_eq!(found(index, "title:lamps"), [4]);
    assert_eq!(found(index, "title:harbour title:light"), [0; 0]);
    assert_eq!(found(index, "afterwards"), [70_000]);
    index.remove(&[0, 70_000]).unwrap();
    assert_eq!(found(index, "duisburg"), [0; 0]);
    assert_eq!(index.held().unwrap().iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(index.state(), State::Ready { count: 6 });
    assert_eq!(index.rebuild(&mut std::iter::empty(), &mut |_| {}).unwrap(), 0);
    assert_eq!(found(index, "smart"), [0; 0]);
}
