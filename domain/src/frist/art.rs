//! Kinds of deadlines: what each rests on, what happens when it is missed, and what may be done about it.

use crate::berechtigung::Rolle;
use crate::regel::Text;

crate::status! {
    /// Kind of a deadline.
    Fristart {
        /// Answer to a Nachforderung.
        Nachforderung = "NACHFORDERUNG",
        /// Appeal against a Bescheid.
        Rechtsbehelf = "RECHTSBEHELF",
        /// The Gebietskoerperschaft's final proof of use.
        Verwendungsnachweis = "VERWENDUNGSNACHWEIS",
        /// Its proof of a year that ends before the measure does.
        Zwischennachweis = "ZWISCHENNACHWEIS",
        /// A condition of the single case that must be met by a day.
        Auflage = "AUFLAGE",
        /// A Traeger's proof of use towards the Gebietskoerperschaft.
        VerwendungsnachweisTraeger = "VERWENDUNGSNACHWEIS_TRAEGER",
        /// Repayment that a Bescheid claims.
        Erstattung = "ERSTATTUNG",
        /// Statement in a hearing before a decision that burdens.
        Anhoerung = "ANHOERUNG",
        /// Last day before a claim is time-barred.
        Verjaehrung = "VERJAEHRUNG",
        /// The authority's own examination of a proof of use.
        VnPrueffrist = "VN_PRUEFFRIST",
    }
}

const fn t(de: &'static str, en: &'static str) -> Text {
    Text { de, en }
}

impl Fristart {
    /// Kinds that come with a grant; a later Bescheid about the same application sets them anew.
    pub const AUS_BEWILLIGUNG: &'static [Fristart] =
        &[Fristart::Verwendungsnachweis, Fristart::Zwischennachweis, Fristart::Auflage];

    /// The law alone fixes it: nobody can extend it, and when it is over nothing was missed.
    pub const fn gesetzlich(self) -> bool {
        matches!(self, Fristart::Rechtsbehelf | Fristart::Verjaehrung)
    }

    /// Only an act of its case ends it.
    pub const fn endet_nur_im_fall(self) -> bool {
        matches!(
            self,
            Fristart::Rechtsbehelf
                | Fristart::Nachforderung
                | Fristart::Anhoerung
                | Fristart::Erstattung
                | Fristart::Verjaehrung
                | Fristart::VnPrueffrist
        )
    }

    /// Who must keep it.
    pub const fn pflichtig(self) -> Rolle {
        match self {
            Fristart::VnPrueffrist | Fristart::Verjaehrung => Rolle::Bewilligungsbehoerde,
            Fristart::VerwendungsnachweisTraeger => Rolle::Traeger,
            _ => Rolle::Gebietskoerperschaft,
        }
    }

    /// While it is overdue no new money is called under the same grant (dossier S22).
    pub const fn sperrt_zahlungen(self) -> bool {
        matches!(self, Fristart::Verwendungsnachweis | Fristart::Zwischennachweis)
    }

    /// Law and place.
    pub const fn rechtsgrundlage(self) -> Text {
        match self {
            Fristart::Nachforderung => t("§ 26 Abs. 2, § 31 HVwVfG", "§ 26 Abs. 2, § 31 HVwVfG"),
            Fristart::Rechtsbehelf => t("§ 74 VwGO", "§ 74 VwGO"),
            Fristart::Verwendungsnachweis => {
                t("Nr. 5.4 ANBest-GK, entsprechend", "No. 5.4 ANBest-GK, applied accordingly")
            }
            Fristart::Zwischennachweis => t(
                "Nr. 5.4 ANBest-GK, entsprechend (Nachweis je Haushaltsjahr)",
                "No. 5.4 ANBest-GK, applied accordingly (proof per budget year)",
            ),
            Fristart::Auflage => t(
                "§ 36 Abs. 2 Nr. 4 HVwVfG, Auflage des Bescheids",
                "§ 36 Abs. 2 Nr. 4 HVwVfG, condition of the Bescheid",
            ),
            Fristart::VerwendungsnachweisTraeger => t(
                "Weiterleitungsvertrag oder -bescheid mit Nr. 6 ANBest-P oder Nr. 5 ANBest-GK",
                "Contract or Bescheid of the Weiterleitung with No. 6 ANBest-P or No. 5 ANBest-GK",
            ),
            Fristart::Erstattung => t("§ 49a Abs. 1 HVwVfG", "§ 49a Abs. 1 HVwVfG"),
            Fristart::Anhoerung => t("§ 28 Abs. 1 HVwVfG", "§ 28 Abs. 1 HVwVfG"),
            Fristart::Verjaehrung => {
                t("§§ 195, 199 BGB, entsprechend (BVerwG 8 C 2.12)", "§§ 195, 199 BGB by analogy (BVerwG 8 C 2.12)")
            }
            Fristart::VnPrueffrist => t("VV Nr. 11 zu § 44 LHO", "VV No. 11 zu § 44 LHO"),
        }
    }

    /// What happens when it is missed.
    pub const fn folge(self) -> Text {
        match self {
            Fristart::Nachforderung => t(
                "Die Bewilligungsbehörde kann nach Aktenlage entscheiden.",
                "The granting authority may decide on the file as it is.",
            ),
            Fristart::Rechtsbehelf => t("Der Bescheid wird bestandskräftig.", "The Bescheid becomes final."),
            Fristart::Verwendungsnachweis | Fristart::Zwischennachweis => t(
                "Neue Mittelabrufe desselben Bescheids sind gesperrt; der Bescheid kann widerrufen werden (§ 49 Abs. 3 HVwVfG).",
                "New calls for money under the same Bescheid are blocked; the Bescheid may be revoked (§ 49 Abs. 3 HVwVfG).",
            ),
            Fristart::Auflage => t(
                "Der Bescheid kann widerrufen werden (§ 49 Abs. 3 Satz 1 Nr. 2 HVwVfG).",
                "The Bescheid may be revoked (§ 49 Abs. 3 sentence 1 No. 2 HVwVfG).",
            ),
            Fristart::VerwendungsnachweisTraeger => t(
                "Der Nachweis der Gebietskörperschaft bleibt unvollständig; die Weiterleitung kann aufgehoben und zurückgefordert werden.",
                "The authority's own proof stays incomplete; the Weiterleitung may be cancelled and reclaimed.",
            ),
            Fristart::Erstattung => t(
                "Der Betrag wird weiter verzinst und kann vollstreckt oder mit Abrufen verrechnet werden (§ 49a Abs. 3 HVwVfG).",
                "The amount goes on bearing interest and can be enforced or set off against calls (§ 49a Abs. 3 HVwVfG).",
            ),
            Fristart::Anhoerung => t(
                "Die Bewilligungsbehörde kann nach Aktenlage entscheiden.",
                "The granting authority may decide on the file as it is.",
            ),
            Fristart::Verjaehrung => t(
                "Die Forderung ist verjährt (§ 214 BGB, entsprechend).",
                "The claim is time-barred (§ 214 BGB by analogy).",
            ),
            Fristart::VnPrueffrist => t(
                "Die Prüfung ist im Rückstand; der Schlussbescheid verzögert sich, eine Erstattung wird später fällig.",
                "The examination is behind; the final decision is delayed, a repayment falls due later.",
            ),
        }
    }
}
