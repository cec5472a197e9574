"""Files of meters as portals and offices write them; all companies, meters and amounts are made up."""

import datetime

POD = "IT001E00123456"
QUARTERS = range(0, 1440, 15)
MARCH, OCTOBER = datetime.date(2025, 3, 30), datetime.date(2025, 10, 26)


def clock(minute):
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def days(year=2025):
    first = datetime.date(year, 1, 1)
    return [
        first + datetime.timedelta(days=n)
        for n in range(366)
        if (first + datetime.timedelta(days=n)).year == year
    ]


def wide(october="two rows", value="0,25", skip=()):
    """A row a day with 96 columns, as the portal of the distributor exports a load curve.

    `october`: how the 100 values of the day when summer time ends stand there.
    """
    lines = [f"POD;{POD}", "Giorno;" + ";".join(f"{clock(m)}-{clock(m + 15)}" for m in QUARTERS)]
    for day in days():
        if day in skip:
            continue
        values = [value] * 96
        if day == MARCH:
            values[8:12] = [""] * 4
        head = f"{day:%d/%m/%Y};"
        if day == OCTOBER and october == "two rows":
            lines.append(head + ";".join(values[:12] + [""] * 84))
            values = [""] * 8 + values[8:]
        elif day == OCTOBER and october == "100 columns":
            values += [value] * 4
        lines.append(head + ";".join(values))
    return "\r\n".join(lines).encode()


def long(ends=False, value="0,25", extra=""):
    """A row a value, with the hour of October twice and the one of March left out."""
    lines = ["POD;Data;Ora;Energia attiva prelevata (kWh)"]
    for day in days():
        minutes = [m for m in QUARTERS if not (day == MARCH and 120 <= m < 180)]
        if day == OCTOBER:
            minutes[12:12] = range(120, 180, 15)
        for minute in minutes:
            at = minute + 15 if ends else minute
            told = day + datetime.timedelta(days=at // 1440)
            lines.append(f"{POD};{told:%d/%m/%Y};{clock(at)};{value}")
    return ("\n".join(lines) + extra + "\n").encode()


GAS = """PDR;Dal;Al;Lettura precedente (mc);Lettura attuale (mc);Coefficiente C;PCS (GJ/Smc);Tipo lettura
00594200000001;01/01/2025;31/01/2025;1.000;3.000,5;1,027;0,03952;Rilevata
00594200000001;01/02/2025;28/02/2025;3.000,5;4.500;1,027;0,03945;Stimata
"""
BANDS = """Fornitura energia elettrica - riepilogo annuo
Mese;F1 (kWh);F2 (kWh);F3 (kWh);Energia reattiva (kvarh);Importo €
Gennaio 2025;12.500,5;8.100;6.000;900;9.120,33
Febbraio 2025;11.900;7.800;5.900;870;8.800,10
Totale;24.400,5;15.900;11.900;1.770;17.920,43
"""
WATER = """Matricola;Data lettura;Lettura (mc)
AB-77;31/12/2024;1200
AB-77;30/06/2025;1500
AB-77;31/12/2025;1790
"""
LOTS = """Partita;Data;Articolo;Titolo;Kg entrata;Kg uscita;Calo kg
00123;12/02/2025;GRIGIO;Nm 8;1.200,5;1.122;78,5
00124;13/02/2025;NERO;Nm 16;800;752;48
"""
