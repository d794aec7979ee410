//! The dataset as catalogues of data read it: DCAT 3 (<https://www.w3.org/TR/vocab-dcat-3/>) with the lists of values that DCAT-AP asks for.

use casebook_core::{
    cases::{citation::AUTHOR, exports::LICENCE},
    releases::{Coverage, Release, ReleaseFile, State},
};
use oxrdf::{Literal, NamedNode, vocab::xsd};

use super::{
    Live, data_files,
    describe::{Describer, year},
    graph::{Graph, named, value, word, words},
    linked::LIVE_FORMATS,
    media_type,
};
use crate::{kit::Result, url};

/// The lists of values of the Publications Office of the European Union.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
/// Where media types are registered.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types";

impl Describer {
    /// The catalogue with what is public today and every release.
    ///
    /// # Errors
    /// For a public address that is none.
    pub(super) fn graph_of_all(&self, releases: &[Release], live: &Live) -> Result<Graph> {
        let mut graph = Graph::default();
        let catalogue = named(&self.at(&url::datasets()))?;
        graph.is_a(catalogue.clone(), "dcat:Catalog")?;
        self.say_common(&mut graph, &catalogue, "datasets-catalogue", "datasets-catalogue-description")?;
        graph.say(catalogue.clone(), "foaf:homepage", named(&self.at(&url::datasets()))?)?;
        graph.say(catalogue.clone(), "dcat:dataset", self.live_node()?)?;
        graph.say(catalogue.clone(), "dcat:dataset", self.series()?)?;
        for release in releases {
            graph.say(catalogue.clone(), "dcat:dataset", self.node(release)?)?;
        }
        self.say_author(&mut graph)?;
        self.say_live(&mut graph, live)?;
        self.say_series(&mut graph)?;
        releases.iter().try_for_each(|release| self.say_release(&mut graph, release))?;
        Ok(graph)
    }

    /// One release.
    ///
    /// # Errors
    /// As [`Self::graph_of_all`].
    pub(super) fn graph_of(&self, release: &Release) -> Result<Graph> {
        let mut graph = Graph::default();
        self.say_release(&mut graph, release)?;
        self.say_series(&mut graph)?;
        self.say_author(&mut graph)?;
        Ok(graph)
    }

    fn node(&self, release: &Release) -> Result<NamedNode> {
        named(&self.at(&url::release(release.version)))
    }

    fn live_node(&self) -> Result<NamedNode> {
        named(&format!("{}#dataset", self.at(&url::cases())))
    }

    fn series(&self) -> Result<NamedNode> {
        named(&format!("{}#releases", self.at(&url::datasets())))
    }

    fn author_node(&self) -> Result<NamedNode> {
        named(&self.author())
    }

    fn words(&self, text: &str) -> Result<Literal> {
        words(text, self.language.code())
    }

    fn say_author(&self, graph: &mut Graph) -> Result<()> {
        let author = self.author_node()?;
        graph.is_a(author.clone(), "foaf:Organization")?;
        graph.say(author.clone(), "foaf:name", self.words(AUTHOR)?)?;
        graph.say(author, "foaf:homepage", named(&self.at(&url::about()))?)
    }

    /// What holds of catalogue, series and datasets alike; the texts are given by their keys.
    fn say_common(&self, graph: &mut Graph, subject: &NamedNode, title: &str, description: &str) -> Result<()> {
        self.say_words(graph, subject, &self.text(title), &self.text(description))
    }

    fn say_words(&self, graph: &mut Graph, subject: &NamedNode, title: &str, description: &str) -> Result<()> {
        graph.say(subject.clone(), "dct:title", self.words(title)?)?;
        graph.say(subject.clone(), "dct:description", self.words(description)?)?;
        graph.say(subject.clone(), "dct:publisher", self.author_node()?)?;
        graph.say(subject.clone(), "dct:license", named(LICENCE[2])?)?;
        graph.say(subject.clone(), "dct:language", named(&format!("{AUTHORITY}/language/ENG"))?)
    }

    fn say_dataset(&self, graph: &mut Graph, subject: &NamedNode, page: &str) -> Result<()> {
        graph.is_a(subject.clone(), "dcat:Dataset")?;
        graph.say(subject.clone(), "dct:creator", self.author_node()?)?;
        graph.say(subject.clone(), "dct:accessRights", named(&format!("{AUTHORITY}/access-right/PUBLIC"))?)?;
        graph.say(subject.clone(), "dct:conformsTo", named(&self.at(&url::codebook()))?)?;
        graph.say(subject.clone(), "dcat:landingPage", named(&self.at(page))?)?;
        for theme in ["GOVE", "TECH"] {
            graph.say(subject.clone(), "dcat:theme", named(&format!("{AUTHORITY}/data-theme/{theme}"))?)?;
        }
        for keyword in self.keywords() {
            graph.say(subject.clone(), "dcat:keyword", self.words(&keyword)?)?;
        }
        Ok(())
    }

    fn say_series(&self, graph: &mut Graph) -> Result<()> {
        let series = self.series()?;
        graph.is_a(series.clone(), "dcat:DatasetSeries")?;
        self.say_common(graph, &series, "datasets-series", "datasets-series-description")?;
        graph.say(series, "dct:accrualPeriodicity", named(&format!("{AUTHORITY}/frequency/IRREG"))?)
    }

    fn say_live(&self, graph: &mut Graph, live: &Live) -> Result<()> {
        let node = self.live_node()?;
        self.say_dataset(graph, &node, &url::cases())?;
        self.say_common(graph, &node, "datasets-live", "datasets-live-description")?;
        self.say_coverage(graph, &node, &live.coverage)?;
        for (ending, kind) in LIVE_FORMATS {
            let file = named(&self.at(&url::cases_as(ending, &[])))?;
            graph.say(node.clone(), "dcat:distribution", file.clone())?;
            say_distribution(graph, &file, kind)?;
        }
        Ok(())
    }

    fn say_release(&self, graph: &mut Graph, release: &Release) -> Result<()> {
        let node = self.node(release)?;
        self.say_dataset(graph, &node, &url::release(release.version))?;
        self.say_words(graph, &node, &release.title(), &self.description(release))?;
        graph.say(node.clone(), "dct:identifier", value(node.as_str(), xsd::ANY_URI))?;
        graph.say(node.clone(), "dct:issued", value(release.day.to_string(), xsd::DATE))?;
        graph.say(node.clone(), "dcat:version", Literal::from(release.version.to_string()))?;
        graph.say(node.clone(), "dcat:inSeries", self.series()?)?;
        if let Some(note) = &release.note {
            graph.say(node.clone(), "adms:versionNotes", Literal::from(note.as_str()))?;
        }
        if let Some(base) = release.base {
            let before = named(&self.at(&url::release(base)))?;
            let how = if base.number == release.version.number { "dct:replaces" } else { "dcat:prev" };
            graph.say(node.clone(), how, before.clone())?;
            graph.say(node.clone(), "dcat:previousVersion", before)?;
        }
        self.say_standing(graph, &node, release)
    }

    /// What can be fetched, or that it cannot: then nothing is told of its cases.
    fn say_standing(&self, graph: &mut Graph, node: &NamedNode, release: &Release) -> Result<()> {
        match release.state {
            State::Current => {
                self.say_coverage(graph, node, &release.coverage)?;
                data_files(release).try_for_each(|file| self.say_file(graph, node, release, file))
            }
            State::Recalled { .. } => {
                graph.say(node.clone(), "adms:status", named("http://purl.org/adms/status/Withdrawn")?)
            }
            State::Replaced { by } => {
                graph.say(node.clone(), "adms:status", named("http://purl.org/adms/status/Withdrawn")?)?;
                graph.say(node.clone(), "dct:isReplacedBy", named(&self.at(&url::release(by)))?)
            }
        }
    }

    fn say_coverage(&self, graph: &mut Graph, node: &NamedNode, coverage: &Coverage) -> Result<()> {
        if let Some((first, last)) = coverage.years {
            let period = graph.thing()?;
            graph.say(node.clone(), "dct:temporal", period.clone())?;
            graph.is_a(period.clone(), "dct:PeriodOfTime")?;
            graph.say(period.clone(), "dcat:startDate", value(year(first), xsd::G_YEAR))?;
            graph.say(period, "dcat:endDate", value(year(last), xsd::G_YEAR))?;
        }
        for country in self.countries(coverage) {
            graph.say(node.clone(), "dct:spatial", named(&format!("{AUTHORITY}/country/{}", country.iso3))?)?;
        }
        Ok(())
    }

    fn say_file(&self, graph: &mut Graph, node: &NamedNode, release: &Release, file: &ReleaseFile) -> Result<()> {
        let place = named(&self.at(&url::release_file(release.version, &file.name)))?;
        graph.say(node.clone(), "dcat:distribution", place.clone())?;
        say_distribution(graph, &place, media_type(&file.name))?;
        graph.say(place.clone(), "dct:title", self.words(&file.name)?)?;
        graph.say(place.clone(), "dcat:byteSize", value(file.bytes.to_string(), xsd::NON_NEGATIVE_INTEGER))?;
        let sum = graph.thing()?;
        graph.say(place, "spdx:checksum", sum.clone())?;
        graph.is_a(sum.clone(), "spdx:Checksum")?;
        graph.say(sum.clone(), "spdx:algorithm", word("spdx:checksumAlgorithm_sha256")?)?;
        graph.say(sum, "spdx:checksumValue", value(file.sha256.as_str(), xsd::HEX_BINARY))
    }
}

/// What holds of every file; its address is where it is fetched.
fn say_distribution(graph: &mut Graph, file: &NamedNode, kind: &str) -> Result<()> {
    graph.is_a(file.clone(), "dcat:Distribution")?;
    graph.say(file.clone(), "dcat:accessURL", file.clone())?;
    graph.say(file.clone(), "dcat:downloadURL", file.clone())?;
    graph.say(file.clone(), "dct:license", named(LICENCE[2])?)?;
    graph.say(file.clone(), "dcat:mediaType", named(&format!("{MEDIA_TYPES}/{kind}"))?)
}
