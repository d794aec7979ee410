//! Codes of currencies: three letters that name a currency which there is, or was.

/// The codes in use: list one of ISO 4217 (SIX Interbank Clearing, <https://www.six-group.com/en/products-services/financial-information/data-standards.html>),
/// with funds and units of account. Metals, units of bonds, and the codes for testing and for no currency are left out: no sum is paid in them.
const IN_USE: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN \
    BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD \
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR \
    KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV \
    MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG \
    SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN \
    UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XCD XCG XDR XOF XPF XSU XUA YER ZAR ZMW ZWG ZWL";

/// The codes that were in use: list three of ISO 4217, from the same place. Agreements may be older than the money of today.
const HISTORIC: &str = "ADP AFA ALK AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN BRR \
    BUK BYB BYR CHC CSD CSJ CSK CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD \
    GWE GWP HRD HRK IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ MXP \
    MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SRG STD SUR TJR TMM TPE TRL UAK \
    UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XFU XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWN ZWR";

/// Whether a code of three capitals names a currency of ISO 4217, in use or historic.
#[must_use]
pub fn is_known(code: &str) -> bool {
    [IN_USE, HISTORIC].into_iter().any(|codes| codes.split(' ').any(|known| known == code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_currencies_that_there_are_or_were_are_known() {
        for code in ["EUR", "USD", "CNY", "CHF", "XOF", "DEM", "ITL", "ZWR", "AED"] {
            assert!(is_known(code), "{code}");
        }
        for code in ["XYZ", "ABC", "ZZZ", "XTS", "XAU", "eur", "EU", "EURO", "", " ", "EUR USD"] {
            assert!(!is_known(code), "{code}");
        }
    }

    #[test]
    fn each_code_has_three_capitals_and_stands_once() {
        let all: Vec<&str> = [IN_USE, HISTORIC].into_iter().flat_map(|codes| codes.split(' ')).collect();
        assert!(all.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        let once: std::collections::BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(once.len(), all.len());
    }
}
