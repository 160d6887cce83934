"""One case from the state's budget to a final Bescheid: Jahrgang 2032, Odenwaldkreis, six people."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never
from uuid import UUID

from aqb_client import AuthenticatedClient
from aqb_client.api.antraege import (
    antrag_aendern,
    antrag_anlegen,
    antrag_eingangsbestaetigung,
    antrag_einreichen,
    antrag_historie,
    antrag_lesen,
    antrag_nachfordern,
    antrag_pruefbericht,
    antrag_pruefen,
    antrag_teilbewilligen,
    detailplanung_setzen,
    massnahme_aendern,
    massnahme_anlegen,
    massnahmen_auflisten,
)
from aqb_client.api.berechnungen import berechnung_frist, berechnung_zinsen, berechnung_zuwendung
from aqb_client.api.bescheide import bescheid_bekanntgeben, bescheid_freigeben, bescheid_rechtsbehelfsverzicht
from aqb_client.api.budget import budget_lesen, umverteilung_anlegen, umverteilung_freigeben, zuteilung_anlegen
from aqb_client.api.programm import (
    jahrgang_anlegen,
    jahrgang_oeffnen,
    regelwerk_anlegen,
    regelwerk_vergleichen,
    regelwerk_veroeffentlichen,
)
from aqb_client.api.stammdaten import gebietskoerperschaften_auflisten
from aqb_client.api.vereinbarungen import (
    strategie_anlegen,
    strategie_einreichen,
    zielvereinbarung_abstimmen,
    zielvereinbarung_anlegen,
    zielvereinbarung_unterzeichnen,
)
from aqb_client.models import (
    Anschrift,
    Ansprechperson,
    Antrag,
    AntragAenderung,
    AntragAnlage,
    Antragseinreichung,
    Antragsinhalt,
    AntragsinhaltTeil,
    BankverbindungTeil,
    FinanzierungsplanTeil,
    MassnahmeninhaltTeil,
    Antragspruefung,
    AntragStatus,
    Antragsteller,
    Auflage,
    Ausbildungsberuf,
    Bankverbindung,
    Bekanntgabe,
    Bekanntgabeweg,
    BescheidFreigabe,
    BescheidStatus,
    Budget,
    Budgetposition,
    Budgetstelle,
    Detailplanung,
    DetailsAusbildungsvorbereitung,
    DetailsAusbildungsvorbereitungMassnahmeart,
    DetailsAusbildungUndCoaching,
    DetailsAusbildungUndCoachingMassnahmeart,
    DetailsQualifizierungsprojekt,
    DetailsQualifizierungsprojektMassnahmeart,
    DetailsWeiterbildungUndWissenschaft,
    DetailsWeiterbildungUndWissenschaftMassnahmeart,
    Durchfuehrungsform,
    Durchfuehrungsort,
    Einheit,
    Einstufung,
    Einzelansatz,
    Entscheidungsart,
    Finanzierungsart,
    Finanzierungsbeitrag,
    Finanzierungsplan,
    FristanfrageAntragsfrist,
    FristanfrageAntragsfristArt,
    FristanfrageMonatsfrist,
    FristanfrageMonatsfristArt,
    JahrgangAnlage,
    JahrgangStatus,
    Kontoart,
    MassnahmeAenderung,
    MassnahmeAnlage,
    Massnahmeart,
    Massnahmeninhalt,
    Nachforderungseingabe,
    Nachforderungsposten,
    Parameter,
    Parameterart,
    Periode,
    Problem,
    Querschnittsziele,
    Raster,
    Rechtsbehelfsverzicht,
    RegelwerkAnlage,
    RegelwerkStatus,
    RegelwerkVergleich,
    StrategieAnlage,
    Strategieinhalt,
    StrategieStatus,
    Teilbetrag,
    TeilbewilligungEingabe,
    Umverteilungsinhalt,
    UmverteilungStatus,
    UnterartWeiterbildung,
    Unterzeichner,
    Unterzeichnung,
    Verfahrensart,
    Vergabe,
    Vorsteuerabzug,
    VorzeitigerMassnahmebeginn,
    Zeitraum,
    Ziel,
    Zielvereinbarung,
    ZielvereinbarungAnlage,
    Zielvereinbarungsinhalt,
    ZielvereinbarungStatus,
    Zinsanfrage,
    Zinsmethode,
    Zinsrundung,
    Zuteilung,
    Zuteilungsinhalt,
    Zuwendungsanfrage,
    ZuwendungsanfrageIst,
    ZuwendungsanfragePlan,
)
from aqb_client.types import UNSET, Response, Unset
from abruf import abrufen
from hilfe import Ergebnis, ablehnung, anmelden, cent, einmal, einziger, ergebnis, gelesen, vorhanden

JAHR = 2032
KREIS = "06437"
NACHBAR = "06434"
REGELWERK = f"HE-{JAHR}"
TRAEGER = UUID("019a0000-0000-7000-8000-0000000000a2")

Massnahmedetails = (
    DetailsAusbildungsvorbereitung
    | DetailsAusbildungUndCoaching
    | DetailsQualifizierungsprojekt
    | DetailsWeiterbildungUndWissenschaft
)


def euro(betrag: int) -> str:
    return f"{betrag // 100}.{betrag % 100:02}"


def position(betrag: str) -> Budgetposition:
    return Budgetposition(teilbudget="ALLGEMEIN", haushaltsjahr=JAHR, betrag=betrag)


def vom_ansatz_zum_bescheid() -> None:
    ministerium, ministerium_2 = anmelden("demo-ministerium-1"), anmelden("demo-ministerium-2")
    bewilligung, bewilligung_2 = anmelden("demo-bewilligung-1"), anmelden("demo-bewilligung-2")
    kreis = anmelden(f"demo-gk-{KREIS}-1")

    stammdaten(kreis)
    programm(ministerium, ministerium_2, kreis)
    budget(ministerium, ministerium_2, kreis)
    akte = entwerfen(kreis, vereinbaren(kreis, ministerium))
    berichtigen(kreis, akte)
    einreichen(kreis, akte)
    nachfordern(kreis, bewilligung, akte)
    bescheid = bescheiden(kreis, bewilligung, bewilligung_2, akte)
    abrufen(kreis, bewilligung, bewilligung_2, bescheid, akte.massnahmen["M01"], JAHR)
    geschichte(kreis, akte)
    rechner(kreis)


def stammdaten(kreis: AuthenticatedClient) -> None:
    for stichtag, anzahl in ((date(2025, 12, 31), 26), (date(2026, 1, 1), 27)):
        seite = ergebnis(
            gebietskoerperschaften_auflisten.sync_detailed(client=kreis, stichtag=stichtag, limit=200)
        ).daten
        assert len(seite.daten) == anzahl, (stichtag, len(seite.daten))
        assert any(g.kreisschluessel == "06415" for g in seite.daten) == (anzahl == 27), "Hanau since 2026"

    hanau = AntragAnlage(jahrgang=2025, kreisschluessel="06415")
    zu_frueh = ablehnung(
        antrag_anlegen.sync_detailed(client=anmelden("demo-gk-06415-1"), body=hanau, idempotency_key=einmal()), 422
    )
    assert (zu_frueh.code, einziger(zu_frueh.befunde).code) == ("NICHT_ANTRAGSBERECHTIGT", "AQB-AB-001")


def programm(ministerium: AuthenticatedClient, ministerium_2: AuthenticatedClient, kreis: AuthenticatedClient) -> None:
    obergrenze = Parameter(
        schluessel="obergrenze_je_platz.ausbildungsvorbereitung",
        art=Parameterart.BETRAG,
        wert="5000.00",
        gueltig_ab=date(2011, 1, 1),
        fundstelle="Beispiel eines Clients",
        einstufung=Einstufung.ANNAHME,
    )
    anlage = RegelwerkAnlage(
        version=REGELWERK,
        bezeichnung=f"Regelwerk {JAHR}",
        gueltig_ab=date(2026, 1, 1),
        vorlage="HE-ALT",
        parameter=[obergrenze],
    )
    entwurf = ergebnis(regelwerk_anlegen.sync_detailed(client=ministerium, body=anlage, idempotency_key=einmal()))
    assert entwurf.daten.status == RegelwerkStatus.ENTWURF
    selbst = ablehnung(
        regelwerk_veroeffentlichen.sync_detailed(REGELWERK, client=ministerium, if_match=entwurf.etag), 403
    )
    assert selbst.code == "VIER_AUGEN", selbst
    regelwerk = ergebnis(
        regelwerk_veroeffentlichen.sync_detailed(
            REGELWERK, client=ministerium_2, if_match=entwurf.etag, idempotency_key=einmal()
        )
    ).daten
    assert regelwerk.status == RegelwerkStatus.VEROEFFENTLICHT
    assert (regelwerk.erstellt_von, regelwerk.veroeffentlicht_von) == ("demo-ministerium-1", "demo-ministerium-2")

    vergleich = gelesen(
        RegelwerkVergleich, regelwerk_vergleichen.sync_detailed(REGELWERK, "HE-ALT", client=kreis)
    ).daten
    unterschied = einziger(vergleich.unterschiede)
    assert (vorhanden(unterschied.hier).wert, vorhanden(unterschied.dort).art) == ("5000.00", Parameterart.KEINE)

    jahrgang = JahrgangAnlage(jahrgang=JAHR, regelwerk=REGELWERK, ansaetze=[position("250000.00")])
    angelegt = ergebnis(jahrgang_anlegen.sync_detailed(client=ministerium, body=jahrgang, idempotency_key=einmal()))
    offen = ergebnis(
        jahrgang_oeffnen.sync_detailed(JAHR, client=ministerium, if_match=angelegt.etag, idempotency_key=einmal())
    ).daten
    assert (offen.status, offen.summe) == (JahrgangStatus.OFFEN, "250000.00")


def budget(ministerium: AuthenticatedClient, ministerium_2: AuthenticatedClient, kreis: AuthenticatedClient) -> None:
    def zuteilen(kreisschluessel: str, betrag: str) -> Response[Problem | Zuteilung]:
        inhalt = Zuteilungsinhalt(
            kreisschluessel=kreisschluessel, positionen=[position(betrag)], grundlage="Erlass eines Clients"
        )
        return zuteilung_anlegen.sync_detailed(JAHR, client=ministerium, body=inhalt, idempotency_key=einmal())

    assert ergebnis(zuteilen(NACHBAR, "40000.00")).daten.summe == "40000.00"
    zuviel = ablehnung(zuteilen(KREIS, "210000.03"), 409)
    befund = einziger(zuviel.befunde)
    differenz = vorhanden(befund.differenz)
    assert (zuviel.code, befund.code) == ("PROGRAMM_ERSCHOEPFT", "AQB-BU-004")
    assert (differenz.wert, differenz.einheit) == ("0.03", Einheit.EUR), "three cents too many"
    assert ergebnis(zuteilen(KREIS, "190000.00")).daten.summe == "190000.00"

    inhalt = Umverteilungsinhalt(
        von=Budgetstelle(kreisschluessel=NACHBAR, teilbudget="ALLGEMEIN", haushaltsjahr=JAHR),
        nach=Budgetstelle(kreisschluessel=KREIS, teilbudget="ALLGEMEIN", haushaltsjahr=JAHR),
        betrag="12500.50",
        grund="Minderbedarf im Hochtaunuskreis",
    )
    beantragt = ergebnis(
        umverteilung_anlegen.sync_detailed(JAHR, client=ministerium, body=inhalt, idempotency_key=einmal())
    )
    freigegeben = ergebnis(
        umverteilung_freigeben.sync_detailed(
            JAHR, beantragt.daten.id, client=ministerium_2, if_match=beantragt.etag, idempotency_key=einmal()
        )
    ).daten
    assert freigegeben.status == UmverteilungStatus.FREIGEGEBEN
    budget_ist(kreis, zugeteilt="202500.50", gebunden="0.00", verfuegbar="202500.50")


def budget_ist(kreis: AuthenticatedClient, *, zugeteilt: str, gebunden: str, verfuegbar: str) -> None:
    stand = gelesen(Budget, budget_lesen.sync_detailed(JAHR, KREIS, client=kreis)).daten
    zeile = einziger(stand.positionen)
    assert (zeile.teilbudget, zeile.haushaltsjahr) == ("ALLGEMEIN", JAHR)
    for summe in (zeile, stand.gesamt):
        assert (summe.zugeteilt, summe.gebunden, summe.verfuegbar) == (zugeteilt, gebunden, verfuegbar), summe


def vereinbaren(kreis: AuthenticatedClient, ministerium: AuthenticatedClient) -> UUID:
    anlage = StrategieAnlage(
        kreisschluessel=KREIS,
        inhalt=Strategieinhalt(
            titel="Ausbildungs- und Arbeitsmarktstrategie",
            beschlussdatum=date(2026, 1, 15),
            gueltig_von=date(JAHR, 1, 1),
            gueltig_bis=date(JAHR + 4, 12, 31),
            zusammenfassung="Übergang Schule–Beruf.",
        ),
    )
    strategie = ergebnis(strategie_anlegen.sync_detailed(client=kreis, body=anlage, idempotency_key=einmal()))
    eingereicht = ergebnis(
        strategie_einreichen.sync_detailed(
            strategie.daten.id, client=kreis, if_match=strategie.etag, idempotency_key=einmal()
        )
    ).daten
    assert eingereicht.status == StrategieStatus.EINGEREICHT

    vereinbarung = ZielvereinbarungAnlage(
        jahrgang=JAHR,
        kreisschluessel=KREIS,
        inhalt=Zielvereinbarungsinhalt(
            strategie_id=strategie.daten.id,
            budget_positionen=[position("202500.50")],
            ziele=[
                Ziel(
                    massnahmeart=Massnahmeart.AUSBILDUNGSVORBEREITUNG,
                    zielgruppe="NICHT_AUSBILDUNGSREIF",
                    plaetze_geplant=20,
                    teilnehmende_geplant=30,
                    indikator="Übergänge in Ausbildung",
                    zielwert=12,
                    einheit="Personen",
                )
            ],
            querschnittsziele=Querschnittsziele(
                gleichstellung="Die Hälfte der Plätze für Frauen.", inklusion="Barrierefrei."
            ),
        ),
    )
    entwurf = ergebnis(
        zielvereinbarung_anlegen.sync_detailed(client=kreis, body=vereinbarung, idempotency_key=einmal())
    )
    kennung = entwurf.daten.id
    abgestimmt = ergebnis(
        zielvereinbarung_abstimmen.sync_detailed(kennung, client=kreis, if_match=entwurf.etag, idempotency_key=einmal())
    )
    assert abgestimmt.daten.status == ZielvereinbarungStatus.ABGESTIMMT
    # Both sign the same document, not merely the same record.
    dokument = vorhanden(abgestimmt.daten.dokument_sha256)

    def unterzeichnen(wer: AuthenticatedClient, durch: str, etag: str) -> Ergebnis[Zielvereinbarung]:
        return ergebnis(
            zielvereinbarung_unterzeichnen.sync_detailed(
                kennung,
                client=wer,
                body=Unterzeichnung(durch=durch, dokument_sha256=dokument),
                if_match=etag,
                idempotency_key=einmal(),
            )
        )

    halb = unterzeichnen(kreis, "Landrat", abgestimmt.etag)
    assert halb.daten.status == ZielvereinbarungStatus.UNTERZEICHNET_GK
    ganz = unterzeichnen(ministerium, "Referatsleitung", halb.etag).daten
    assert ganz.status == ZielvereinbarungStatus.GESCHLOSSEN
    assert vorhanden(ganz.unterschriften.gk).durch == "Landrat"
    assert vorhanden(ganz.unterschriften.ministerium).durch == "Referatsleitung"
    return ganz.id


def massnahme(
    titel: str,
    ausgaben: str,
    land: str,
    details: Massnahmedetails,
    *,
    form: Durchfuehrungsform = Durchfuehrungsform.WEITERLEITUNG,
    kostenart: str = "HONORARE",
    vergabe: Vergabe | Unset = UNSET,
) -> Massnahmeninhalt:
    finanzierung = [Finanzierungsbeitrag(quelle="LAND_AQB", haushaltsjahr=JAHR, betrag=land)]
    eigen = cent(ausgaben) - cent(land)
    if eigen > 0:
        finanzierung.append(Finanzierungsbeitrag(quelle="EIGENMITTEL_GK", haushaltsjahr=JAHR, betrag=euro(eigen)))
    return Massnahmeninhalt(
        titel=titel,
        kurzbeschreibung=f"{titel} im Odenwaldkreis.",
        teilbudget="ALLGEMEIN",
        traeger_id=TRAEGER,
        durchfuehrungsform=form,
        beginn=date(JAHR, 2, 1),
        ende=date(JAHR, 12, 31),
        durchfuehrungsorte=[Durchfuehrungsort(plz="64711", ort="Erbach", kreisschluessel=KREIS)],
        personal=[],
        finanzierungsplan=Finanzierungsplan(
            einzelansaetze=[Einzelansatz(position=kostenart, haushaltsjahr=JAHR, betrag=ausgaben)],
            finanzierung=finanzierung,
        ),
        vergabe=vergabe,
        details=details,
    )


def startklar(land: str) -> Massnahmeninhalt:
    """M01; its grant meets the cap of 11 places at 5000.00 exactly, or exceeds it."""
    details = DetailsAusbildungsvorbereitung(
        massnahmeart=DetailsAusbildungsvorbereitungMassnahmeart.AUSBILDUNGSVORBEREITUNG,
        zielgruppen=["NICHT_AUSBILDUNGSREIF"],
        plaetze=11,
        teilnehmende_geplant=20,
        davon_weiblich_geplant=10,
        stundenumfang_woche=30,
        dauer_monate=10,
        gesundheitsfoerderung=True,
    )
    return massnahme("Startklar", "65000.00", land, details)


MASSNAHMEN = {
    "M01": startklar("55000.01"),
    "M02": massnahme(
        "Ausbildung in Teilzeit",
        "80000.00",
        "66000.50",
        DetailsAusbildungUndCoaching(
            massnahmeart=DetailsAusbildungUndCoachingMassnahmeart.AUSBILDUNG_UND_COACHING,
            zielgruppen=["ALLEINERZIEHENDE_FAMILIENSORGE"],
            plaetze=8,
            teilnehmende_geplant=12,
            davon_weiblich_geplant=9,
            stundenumfang_woche=25,
            dauer_monate=11,
            ausbildungsberuf=Ausbildungsberuf(kldb2010="71402", bezeichnung="Kauffrau für Büromanagement"),
            teilzeit=True,
            coaching=True,
        ),
    ),
    "M03": massnahme(
        "Lager und Logistik",
        "70000.00",
        "60000.00",
        DetailsQualifizierungsprojekt(
            massnahmeart=DetailsQualifizierungsprojektMassnahmeart.QUALIFIZIERUNGSPROJEKT,
            zielgruppen=["LANGZEITARBEITSLOS"],
            plaetze=15,
            teilnehmende_geplant=20,
            davon_weiblich_geplant=10,
            stundenumfang_woche=30,
            dauer_monate=10,
        ),
    ),
    "M04": massnahme(
        "Fortschreibung der Strategie",
        "18000.00",
        "18000.00",
        DetailsWeiterbildungUndWissenschaft(
            massnahmeart=DetailsWeiterbildungUndWissenschaftMassnahmeart.WEITERBILDUNG_UND_WISSENSCHAFT,
            unterart=UnterartWeiterbildung.WISSENSCHAFT,
            thema="Arbeitsmarktstrategie",
        ),
        form=Durchfuehrungsform.AUFTRAG,
        kostenart="WISSENSCHAFTLICHE_BEGLEITUNG",
        vergabe=Vergabe(
            verfahrensart=Verfahrensart.VERHANDLUNGSVERGABE, auftragswert_netto="18000.00", dokumentiert=True
        ),
    ),
}


def plaetze(details: Massnahmedetails) -> int:
    """The type checker knows which fields a kind of measure has, and that there is no fifth kind."""
    match details:
        case DetailsAusbildungsvorbereitung() | DetailsAusbildungUndCoaching() | DetailsQualifizierungsprojekt():
            return details.plaetze
        case DetailsWeiterbildungUndWissenschaft():
            return 0
        case _:
            assert_never(details)


def detailplan(inhalt: Massnahmeninhalt) -> Detailplanung:
    """Four quarters whose cents add up to the plan of the year."""
    plan = inhalt.finanzierungsplan
    ausgaben = sum(cent(a.betrag) for a in plan.einzelansaetze)
    land = sum(cent(f.betrag) for f in plan.finanzierung if f.quelle == "LAND_AQB")

    def viertel(betrag: int, quartal: int) -> str:
        return euro(betrag // 4 + (quartal < betrag % 4))

    quartale = [((2, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31))]
    return Detailplanung(
        perioden=[
            Periode(
                von=date(JAHR, *von),
                bis=date(JAHR, *bis),
                raster=Raster.QUARTAL,
                ausgaben=viertel(ausgaben, i),
                land_aqb=viertel(land, i),
                kofinanzierung=viertel(ausgaben - land, i),
                plaetze=plaetze(inhalt.details),
                eintritte=0,
                austritte=0,
            )
            for i, (von, bis) in enumerate(quartale)
        ]
    )


@dataclass
class Antragsakte:
    """The application as this script knows it: the ETag is that of the last answer."""

    id: UUID
    etag: str
    massnahmen: dict[str, UUID] = field(default_factory=dict)


def bank(*, iban: str = "DE02500105170137075030", kassenzeichen: str = "AQB-32") -> Bankverbindung:
    return Bankverbindung(iban=iban, kontoinhaber="Odenwaldkreis", kassenzeichen=kassenzeichen)


def entwerfen(kreis: AuthenticatedClient, zielvereinbarung_id: UUID) -> Antragsakte:
    inhalt = Antragsinhalt(
        antragsteller=Antragsteller(
            organisationseinheit="Amt für Arbeit",
            anschrift=Anschrift(strasse="Michelstädter Straße 12", plz="64711", ort="Erbach"),
            ansprechperson=Ansprechperson(name="Alex Beispiel", email="alex@example.org", telefon="+49 6062 70-0"),
        ),
        bankverbindung=bank(iban="DE02500105170137075031"),
        zielvereinbarung_id=zielvereinbarung_id,
        bewilligungszeitraum=Zeitraum(von=date(JAHR, 1, 1), bis=date(JAHR + 1, 12, 31)),
        vorzeitiger_massnahmebeginn=VorzeitigerMassnahmebeginn(beantragt=False),
        vorsteuerabzug=Vorsteuerabzug.NEIN,
        andere_oeffentliche_mittel=[],
        erklaerungen=[
            "angaben_richtig",
            "datenschutz",
            "gesamtfinanzierung_gesichert",
            "massnahme_nicht_vor_1_1_begonnen",
            "traegerauswahl_dokumentiert",
        ],
        unterzeichner=Unterzeichner(name="Kim Muster", funktion="Landrat", vertretungsbefugt=True),
    )
    anlage = AntragAnlage(jahrgang=JAHR, kreisschluessel=KREIS, inhalt=inhalt)
    entwurf = ergebnis(antrag_anlegen.sync_detailed(client=kreis, body=anlage, idempotency_key=einmal()))
    assert entwurf.daten.status == AntragStatus.ENTWURF
    akte = Antragsakte(entwurf.daten.id, entwurf.etag)

    for nr, m in MASSNAHMEN.items():
        angelegt = ergebnis(
            massnahme_anlegen.sync_detailed(
                akte.id, client=kreis, body=MassnahmeAnlage(massnahme_nr=nr, inhalt=m), idempotency_key=einmal()
            )
        )
        assert angelegt.daten.massnahmeart.value == m.details.massnahmeart.value
        akte.massnahmen[nr] = angelegt.daten.id
        geplant = ergebnis(
            detailplanung_setzen.sync_detailed(
                akte.id, angelegt.daten.id, client=kreis, body=detailplan(m), if_match=angelegt.etag
            )
        )
        assert geplant.daten.nr == 1
        akte.etag = geplant.etag

    liste = ergebnis(massnahmen_auflisten.sync_detailed(akte.id, client=kreis)).daten.massnahmen
    assert [m.inhalt for m in liste] == list(MASSNAHMEN.values()), "every variant comes back as it went"
    assert [m.beantragte_zuwendung for m in liste] == ["55000.01", "66000.50", "60000.00", "18000.00"]
    return akte


def befundcodes(kreis: AuthenticatedClient, akte: Antragsakte) -> list[str]:
    bericht = ergebnis(antrag_pruefbericht.sync_detailed(akte.id, client=kreis)).daten
    assert bericht.regelwerk == REGELWERK
    assert bericht.einreichbar == (not bericht.befunde)
    return [b.code for b in bericht.befunde]


def berichtigen(kreis: AuthenticatedClient, akte: Antragsakte) -> None:
    """The IBAN and the cent too many, by merge patch; a PATCH of this client is always one."""
    assert befundcodes(kreis, akte) == ["AQB-AN-001", "AQB-OG-001"]
    nicht_reif = ablehnung(
        antrag_einreichen.sync_detailed(
            akte.id, client=kreis, body=Antragseinreichung(), if_match=akte.etag, idempotency_key=einmal()
        ),
        422,
    )
    iban, obergrenze = nicht_reif.befunde
    assert (iban.code, obergrenze.code) == ("AQB-AN-001", "AQB-OG-001")
    assert vorhanden(obergrenze.differenz).wert == "0.01"

    aenderung = AntragAenderung(inhalt=AntragsinhaltTeil(bankverbindung=BankverbindungTeil(iban=bank().iban)))
    vergesslich = anmelden(f"demo-gk-{KREIS}-1", if_match_verlieren=True)
    ohne = antrag_aendern.sync_detailed(akte.id, client=vergesslich, body=aenderung, if_match=akte.etag)
    assert ablehnung(ohne, 428).code == "VERSION_FEHLT"
    berichtigt = ergebnis(antrag_aendern.sync_detailed(akte.id, client=kreis, body=aenderung, if_match=akte.etag))
    assert berichtigt.daten.inhalt.bankverbindung == bank()
    assert vorhanden(berichtigt.daten.inhalt.unterzeichner).name == "Kim Muster", "merged, not replaced"
    veraltet = ablehnung(antrag_aendern.sync_detailed(akte.id, client=kreis, body=aenderung, if_match=akte.etag), 412)
    assert (veraltet.code, veraltet.aktuelle_version) == ("VERSION_VERALTET", berichtigt.daten.version)

    m01 = startklar("55000.00")
    kennung = akte.massnahmen["M01"]
    plan = m01.finanzierungsplan
    gesenkter_plan = MassnahmeAenderung(
        inhalt=MassnahmeninhaltTeil(
            finanzierungsplan=FinanzierungsplanTeil(einzelansaetze=plan.einzelansaetze, finanzierung=plan.finanzierung)
        )
    )
    gesenkt = ergebnis(
        massnahme_aendern.sync_detailed(
            akte.id, kennung, client=kreis, body=gesenkter_plan, if_match=berichtigt.etag
        )
    )
    assert gesenkt.daten.beantragte_zuwendung == "55000.00"
    geplant = ergebnis(
        detailplanung_setzen.sync_detailed(akte.id, kennung, client=kreis, body=detailplan(m01), if_match=gesenkt.etag)
    )
    assert geplant.daten.nr == 2
    assert befundcodes(kreis, akte) == []
    akte.etag = geplant.etag


def einreichen(kreis: AuthenticatedClient, akte: Antragsakte) -> None:
    simuliert = ergebnis(
        antrag_einreichen.sync_detailed(
            akte.id, client=kreis, body=Antragseinreichung(), simulation=True, if_match=akte.etag
        )
    ).daten
    assert simuliert.status == AntragStatus.EINGEREICHT
    assert vorhanden(simuliert.simulation).ereignisse == ["antrag.eingereicht"]
    unveraendert = gelesen(Antrag, antrag_lesen.sync_detailed(akte.id, client=kreis))
    assert (unveraendert.daten.status, unveraendert.etag) == (AntragStatus.ENTWURF, akte.etag)

    schluessel = einmal()
    eingereicht, noch_einmal = [
        ergebnis(
            antrag_einreichen.sync_detailed(
                akte.id, client=kreis, body=Antragseinreichung(), if_match=akte.etag, idempotency_key=schluessel
            )
        )
        for _ in range(2)
    ]
    assert (eingereicht.wiederholt, noch_einmal.wiederholt) == (False, True)
    antrag = eingereicht.daten
    assert noch_einmal.daten == antrag
    assert (antrag.status, antrag.beantragte_zuwendung) == (AntragStatus.EINGEREICHT, "199000.50")
    assert antrag.aktenzeichen == simuliert.aktenzeichen
    assert antrag.simulation is UNSET

    quittung = ergebnis(antrag_eingangsbestaetigung.sync_detailed(akte.id, client=kreis)).daten
    assert (quittung.aktenzeichen, quittung.eingegangen_am) == (antrag.aktenzeichen, antrag.eingereicht_am)
    assert hashlib.sha256(quittung.dokument.encode()).hexdigest() == quittung.sha256
    akte.etag = eingereicht.etag


def nachfordern(kreis: AuthenticatedClient, bewilligung: AuthenticatedClient, akte: Antragsakte) -> None:
    def pruefen() -> None:
        geprueft = ergebnis(
            antrag_pruefen.sync_detailed(
                akte.id, client=bewilligung, body=Antragspruefung(), if_match=akte.etag, idempotency_key=einmal()
            )
        )
        assert geprueft.daten.status == AntragStatus.IN_PRUEFUNG
        assert geprueft.daten.in_pruefung_durch == "demo-bewilligung-1"
        akte.etag = geprueft.etag

    pruefen()
    frist = date.today() + timedelta(days=28)
    eingabe = Nachforderungseingabe(
        posten=[
            Nachforderungsposten(feld="/bankverbindung", grund="UNKLAR", text="Bitte das Kassenzeichen bestätigen.")
        ],
        frist=frist,
    )
    gefordert = ergebnis(
        antrag_nachfordern.sync_detailed(
            akte.id, client=bewilligung, body=eingabe, if_match=akte.etag, idempotency_key=einmal()
        )
    )
    assert gefordert.daten.status == AntragStatus.NACHFORDERUNG
    assert vorhanden(gefordert.daten.nachforderung).frist == frist

    ungefragt = ablehnung(
        antrag_aendern.sync_detailed(
            akte.id,
            client=kreis,
            body=AntragAenderung(inhalt=AntragsinhaltTeil(vorsteuerabzug=Vorsteuerabzug.JA)),
            if_match=gefordert.etag,
        ),
        409,
    )
    assert (ungefragt.code, einziger(ungefragt.befunde).code) == ("NUR_NACHGEFORDERTES", "AQB-ZU-003")
    beantwortet = ergebnis(
        antrag_aendern.sync_detailed(
            akte.id,
            client=kreis,
            body=AntragAenderung(
                inhalt=AntragsinhaltTeil(bankverbindung=BankverbindungTeil(kassenzeichen="AQB-2032-001"))
            ),
            if_match=gefordert.etag,
        )
    )
    erneut = ergebnis(
        antrag_einreichen.sync_detailed(
            akte.id, client=kreis, body=Antragseinreichung(), if_match=beantwortet.etag, idempotency_key=einmal()
        )
    )
    assert vorhanden(vorhanden(erneut.daten.nachforderung).beantwortet_am)
    akte.etag = erneut.etag
    pruefen()


def bescheiden(
    kreis: AuthenticatedClient,
    bewilligung: AuthenticatedClient,
    bewilligung_2: AuthenticatedClient,
    akte: Antragsakte,
) -> UUID:
    betraege = {"M01": "55000.00", "M02": "66000.50", "M03": "47999.97", "M04": "18000.00"}
    eingabe = TeilbewilligungEingabe(
        positionen=[
            Teilbetrag(massnahme_id=akte.massnahmen[nr], haushaltsjahr=JAHR, bewilligt=betrag)
            for nr, betrag in betraege.items()
        ],
        auflagen=[
            Auflage(
                code="ZWISCHENBERICHT",
                text="Zwischenbericht zur Hälfte der Laufzeit.",
                faellig_am=date(JAHR, 9, 30),
            )
        ],
        begruendung="Für M03 reichen nach der Kalkulation des Trägers 47.999,97 EUR aus.",
    )
    entwurf = ergebnis(
        antrag_teilbewilligen.sync_detailed(
            akte.id, client=bewilligung, body=eingabe, if_match=akte.etag, idempotency_key=einmal()
        )
    )
    assert entwurf.daten.inhalt.entscheidung == Entscheidungsart.TEILBEWILLIGUNG
    assert {p.massnahme_nr: p.bewilligt for p in entwurf.daten.inhalt.positionen} == betraege
    kennung = entwurf.daten.id

    selbst = ablehnung(
        bescheid_freigeben.sync_detailed(
            kennung, client=bewilligung, body=BescheidFreigabe(), if_match=entwurf.etag, idempotency_key=einmal()
        ),
        403,
    )
    assert (selbst.code, einziger(selbst.befunde).code) == ("VIER_AUGEN", "AQB-RE-002")
    simuliert = ergebnis(
        bescheid_freigeben.sync_detailed(
            kennung,
            client=bewilligung_2,
            body=BescheidFreigabe(),
            simulation=True,
            if_match=entwurf.etag,
            idempotency_key=einmal(),
        )
    ).daten
    buchungen = vorhanden(simuliert.simulation).buchungen
    assert [(b.konto, b.kreisschluessel, b.haushaltsjahr, b.betrag) for b in buchungen] == [
        (Kontoart.VERFUEGBAR, KREIS, JAHR, "-187000.47"),
        *((Kontoart.GEBUNDEN, KREIS, JAHR, betrag) for betrag in betraege.values()),
    ]
    assert [b.massnahme_id for b in buchungen[1:]] == list(akte.massnahmen.values())
    budget_ist(kreis, zugeteilt="202500.50", gebunden="0.00", verfuegbar="202500.50")

    erlassen = ergebnis(
        bescheid_freigeben.sync_detailed(
            kennung, client=bewilligung_2, body=BescheidFreigabe(), if_match=entwurf.etag, idempotency_key=einmal()
        )
    )
    bescheid = erlassen.daten
    assert (bescheid.status, bescheid.freigegeben_von) == (BescheidStatus.ERLASSEN, "demo-bewilligung-2")
    assert (bescheid.bewilligt, bescheid.beantragt) == ("187000.47", "199000.50")
    budget_ist(kreis, zugeteilt="202500.50", gebunden="187000.47", verfuegbar="15500.03")

    heute = vorhanden(bescheid.erlassen_am)
    bekannt = ergebnis(
        bescheid_bekanntgeben.sync_detailed(
            kennung,
            client=bewilligung,
            body=Bekanntgabe(weg=Bekanntgabeweg.ELEKTRONISCH, aufgabe_am=heute, zugang_am=heute),
            if_match=erlassen.etag,
            idempotency_key=einmal(),
        )
    )
    bescheid = bekannt.daten
    assert bescheid.status == BescheidStatus.BEKANNTGEGEBEN
    bekannt_am = heute + timedelta(days=3)
    assert bescheid.bekannt_am == bekannt_am, "presumed under HE-ALT, whatever the proven earlier receipt"
    frist = einen_monat_nach(kreis, bekannt_am)
    assert (bescheid.rechtsbehelf_bis, bescheid.bestandskraft_am) == (frist, frist + timedelta(days=1))
    assert not bescheid.bestandskraeftig
    verzichtet = ergebnis(
        bescheid_rechtsbehelfsverzicht.sync_detailed(
            kennung,
            client=kreis,
            body=Rechtsbehelfsverzicht(am=heute),
            if_match=bekannt.etag,
            idempotency_key=einmal(),
        )
    ).daten
    assert (verzichtet.bestandskraft_am, verzichtet.bestandskraeftig) == (heute, True)
    assert gelesen(Antrag, antrag_lesen.sync_detailed(akte.id, client=kreis)).daten.status == AntragStatus.TEILBEWILLIGT
    return kennung


def geschichte(kreis: AuthenticatedClient, akte: Antragsakte) -> None:
    eintraege = []
    cursor: str | Unset = UNSET
    while True:
        seite = ergebnis(antrag_historie.sync_detailed(akte.id, client=kreis, limit=7, cursor=cursor)).daten
        eintraege += seite.daten
        if isinstance(seite.weiter, Unset):
            break
        cursor = seite.weiter
    assert [e.akt for e in eintraege] == [
        "anlage",
        *["massnahme_anlage", "detailplanung"] * 4,
        *["aenderung", "massnahme_aenderung", "detailplanung", "einreichung"],
        *["pruefung", "nachforderung", "aenderung", "einreichung", "pruefung"],
        *["entscheidung_vorbereitung", "freigabe"],
    ]
    assert [e.nr for e in eintraege] == list(range(1, len(eintraege) + 1))
    assert eintraege[-1].person == "demo-bewilligung-2"
    for glied, naechstes in zip(eintraege, eintraege[1:], strict=False):
        assert naechstes.vorgaenger_hash == glied.hash_, "the log of a case is a chain"


def rechner(kreis: AuthenticatedClient) -> None:
    zinsen = ergebnis(
        berechnung_zinsen.sync_detailed(
            client=kreis,
            body=Zinsanfrage(
                kapital="10000.00",
                von=date(2023, 12, 1),
                bis=date(2024, 8, 1),
                methode=Zinsmethode.ACT_ACT,
                rundung=Zinsrundung.AM_ENDE,
                aufschlag_prozentpunkte="5.00",
            ),
        )
    ).daten
    assert (zinsen.zinsen, zinsen.tage) == ("568.50", 244)
    assert sum(a.tage for a in zinsen.abschnitte) == 244

    zuwendung = ergebnis(
        berechnung_zuwendung.sync_detailed(
            client=kreis,
            body=Zuwendungsanfrage(
                finanzierungsart=Finanzierungsart.ANTEIL,
                plan=ZuwendungsanfragePlan(
                    ausgaben="250000.00", zuwendung="200000.00", eigenmittel="30000.00", deckungsmittel="20000.00"
                ),
                ist=ZuwendungsanfrageIst(ausgaben="231400.00", eigenmittel="30000.00", deckungsmittel="20000.00"),
                bagatellgrenze="500.00",
                ausgezahlt="200000.00",
            ),
        )
    ).daten
    assert (zuwendung.zuwendung, zuwendung.erstattung) == ("185120.00", "14880.00")

    antragsfrist = FristanfrageAntragsfrist(art=FristanfrageAntragsfristArt.ANTRAGSFRIST, jahrgang=2024)
    assert ergebnis(berechnung_frist.sync_detailed(client=kreis, body=antragsfrist)).daten.ende == date(2024, 4, 2)
    assert einen_monat_nach(kreis, date(2026, 1, 30)) == date(2026, 3, 2), "28 February is a Saturday"


def einen_monat_nach(kreis: AuthenticatedClient, beginn: date) -> date:
    frage = FristanfrageMonatsfrist(
        art=FristanfrageMonatsfristArt.MONATSFRIST, beginn=beginn, monate=1, werktag_verschiebung=True
    )
    return ergebnis(berechnung_frist.sync_detailed(client=kreis, body=frage)).daten.ende
