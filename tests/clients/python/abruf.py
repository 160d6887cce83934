"""Money is called: need by day, a cut, an order by two persons."""

from datetime import date
from uuid import UUID

from aqb_client import AuthenticatedClient
from aqb_client.api.mittelabrufe import (
    bescheid_abrufbar,
    mittelabruf_anlegen,
    mittelabruf_anordnen,
    mittelabruf_einreichen,
    mittelabruf_pruefen,
)
from aqb_client.models import (
    Abrufposition,
    Abzugsgrund,
    Bedarf,
    MittelabrufAnlage,
    MittelabrufEinreichung,
    Mittelabrufinhalt,
    Mittelabrufpruefung,
    MittelabrufStatus,
    OhneAngaben,
    Warnungsbestaetigung,
)
from hilfe import ablehnung, cent, einmal, ergebnis, vorhanden


def abrufen(
    kreis: AuthenticatedClient,
    bewilligung: AuthenticatedClient,
    bewilligung_2: AuthenticatedClient,
    bescheid: UUID,
    massnahme: UUID,
    jahr: int,
) -> None:
    """48,000.00 are asked of M01, 24,000.00 of it fall due in the window; the county's own money is spent already."""

    def abrufbar() -> str:
        return ergebnis(bescheid_abrufbar.sync_detailed(bescheid, client=kreis)).daten.abrufbar

    vorher = abrufbar()
    inhalt = Mittelabrufinhalt(
        haushaltsjahr=jahr,
        auszahlung_am=date(jahr, 2, 10),
        positionen=[Abrufposition(massnahme_id=massnahme, betrag="48000.00")],
        bedarf=[Bedarf(faellig_am=date(jahr, m, 15), betrag="12000.00", zweck="Honorare") for m in (2, 3, 4, 5)],
        bisher_verausgabt="0.00",
        eigenmittel_eingesetzt="20000.00",
        iban="DE02500105170137075030",
    )
    anlage = MittelabrufAnlage(bescheid_id=bescheid, inhalt=inhalt)
    entwurf = ergebnis(mittelabruf_anlegen.sync_detailed(client=kreis, body=anlage, idempotency_key=einmal()))
    kennung = entwurf.daten.id
    offen = ablehnung(
        mittelabruf_einreichen.sync_detailed(
            kennung, client=kreis, body=MittelabrufEinreichung(), if_match=entwurf.etag, idempotency_key=einmal()
        ),
        422,
    )
    assert [b.kurzname for b in offen.befunde] == ["BEDARF_NICHT_GEDECKT", "WARNUNG_NICHT_BESTAETIGT"], offen
    bestaetigt = MittelabrufEinreichung(
        bestaetigte_warnungen=[Warnungsbestaetigung(code="AQB-AR-010", begruendung="Die Verträge laufen weiter.")]
    )
    eingereicht = ergebnis(
        mittelabruf_einreichen.sync_detailed(
            kennung, client=kreis, body=bestaetigt, if_match=entwurf.etag, idempotency_key=einmal()
        )
    )
    assert (eingereicht.daten.abruf_nr, cent(abrufbar())) == (1, cent(vorher) - 4_800_000)
    geprueft = ergebnis(
        mittelabruf_pruefen.sync_detailed(
            kennung,
            client=bewilligung,
            body=Mittelabrufpruefung(sachlich_richtig=True, rechnerisch_richtig=True),
            if_match=eingereicht.etag,
            idempotency_key=einmal(),
        )
    )
    assert (geprueft.daten.status, geprueft.daten.festgestellt) == (MittelabrufStatus.GEKUERZT, "24000.00")
    abzuege = vorhanden(geprueft.daten.feststellung).bedarfsrechnung.abzuege
    assert [(a.grund, a.betrag) for a in abzuege] == [(Abzugsgrund.AUSSERHALB_DES_FENSTERS, "24000.00")]
    assert cent(abrufbar()) == cent(vorher) - 2_400_000, "what was cut is free again"
    angeordnet = ergebnis(
        mittelabruf_anordnen.sync_detailed(
            kennung, client=bewilligung_2, body=OhneAngaben(), if_match=geprueft.etag, idempotency_key=einmal()
        )
    ).daten
    assert (angeordnet.status, vorhanden(angeordnet.anordnung).von) == (
        MittelabrufStatus.ANGEORDNET,
        "demo-bewilligung-2",
    )
