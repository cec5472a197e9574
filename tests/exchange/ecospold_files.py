"""Files of EcoSpold 1 and ILCD, made by hand; the figures are made up."""

ES1 = "http://www.EcoInvent.org/EcoSpold01"
ILCD = "http://lca.jrc.it/ILCD"


def exchange(number, name, amount, group, unit="kg", about=""):
    """An exchange of EcoSpold 1; `group` is ``in5``, ``out4``, ..."""
    side, kind = group[:-1], group[-1]
    return (
        f'<exchange number="{number}" name="{name}" unit="{unit}" meanValue="{amount}" {about}>'
        f"<{side}putGroup>{kind}</{side}putGroup></exchange>"
    )


def dataset(number, name, rows, unit="kg", place="IT", more="", result="false"):
    """A dataset of EcoSpold 1."""
    return f"""<dataset number="{number}" timestamp="2020-01-01T00:00:00" generator="by hand">
<metaInformation><processInformation>
<referenceFunction name="{name}" localName="{name}" unit="{unit}" amount="1" category="c" subCategory="s" localCategory="c"
 localSubCategory="s" datasetRelatesToProduct="true" infrastructureProcess="false" generalComment="made up"/>
<geography location="{place}" text=""/><technology text=""/>
<timePeriod dataValidForEntirePeriod="true"><startYear>2019</startYear><endYear>2021</endYear></timePeriod>
<dataSetInformation type="1" impactAssessmentResult="{result}" timestamp="2020-01-01T00:00:00"
 version="1.0" internalVersion="1.0" energyValues="0" languageCode="en" localLanguageCode="it"/>
</processInformation><modellingAndValidation><representativeness percent="0.0" productionVolume="x"/>
<source number="7" sourceType="1" firstAuthor="Rossi M." additionalAuthors="Bianchi L." year="2020"
 title="Tessuti cardati" placeOfPublications="Prato"/></modellingAndValidation>
<administrativeInformation><dataEntryBy person="1"/>
<dataGeneratorAndPublication person="1" dataPublishedIn="1" referenceToPublishedSource="7" copyright="false"/>
<person number="1" name="x" address="x" telephone="x" companyCode="x" countryCode="IT"/>
</administrativeInformation></metaInformation><flowData>{"".join(rows)}{more}</flowData></dataset>"""


def ecospold1(*datasets):
    """A file of EcoSpold 1."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><ecoSpold xmlns="{ES1}">'
    return head + "".join(datasets) + "</ecoSpold>"


MASS, ENERGY = "93a60a56-a3c8-11da-a746-0800200b9a66", "93a60a56-a3c8-11da-a746-0800200c9a66"
CO2, GAS = "08a91e70-3ddc-11dd-923d-0050c2490048", "fe0acd60-3ddc-11dd-a6fa-0050c2490048"
"""Flows of EF 3.1: carbon dioxide (fossil) to air, unspecified; natural gas, in MJ."""


def uuid(number):
    return f"00000000-0000-0000-0000-{number:012d}"


def ilcd_exchange(number, flow, name, side, amount, more=""):
    """An exchange of ILCD."""
    return f"""<exchange dataSetInternalID="{number}"><referenceToFlowDataSet type="flow data set"
 refObjectId="{flow}" version="01.00.000"><common:shortDescription xml:lang="de">auf Deutsch</common:shortDescription>
<common:shortDescription xml:lang="en">{name}</common:shortDescription></referenceToFlowDataSet>
<exchangeDirection>{side}</exchangeDirection><meanAmount>{amount}</meanAmount>
<resultingAmount>{amount}</resultingAmount>{more}</exchange>"""


def ilcd_process(code, name, rows, reference="0", relations=""):
    """A process data set."""
    chosen = "".join(
        f"<referenceToReferenceFlow>{r}</referenceToReferenceFlow>" for r in reference.split()
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<processDataSet xmlns="{ILCD}/Process" xmlns:common="{ILCD}/Common" version="1.1">
<processInformation><dataSetInformation><common:UUID>{code}</common:UUID><name><baseName xml:lang="en">{name}</baseName>
<mixAndLocationTypes xml:lang="en">at plant</mixAndLocationTypes></name></dataSetInformation>
<quantitativeReference type="Reference flow(s)">{chosen}</quantitativeReference>
<time><common:referenceYear>2018</common:referenceYear></time>
<geography><locationOfOperationSupplyOrProduction location="IT"/></geography>
{relations}</processInformation><modellingAndValidation><dataSourcesTreatmentAndRepresentativeness>
<referenceToDataSource type="source data set" refObjectId="{uuid(99)}"><common:shortDescription xml:lang="en">A paper
</common:shortDescription></referenceToDataSource></dataSourcesTreatmentAndRepresentativeness></modellingAndValidation>
<exchanges>{"".join(rows)}</exchanges></processDataSet>"""


def ilcd_flow(code, name, kind, levels=(), quantity=MASS):
    """A flow data set."""
    categories = "".join(
        f'<common:category level="{at}">{level}</common:category>'
        for at, level in enumerate(levels)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<flowDataSet xmlns="{ILCD}/Flow" xmlns:common="{ILCD}/Common" version="1.1"><flowInformation><dataSetInformation>
<common:UUID>{code}</common:UUID><name><baseName xml:lang="en">{name}</baseName></name><classificationInformation>
<common:elementaryFlowCategorization>{categories}</common:elementaryFlowCategorization></classificationInformation>
</dataSetInformation><quantitativeReference><referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty>
</quantitativeReference></flowInformation><modellingAndValidation><LCIMethod><typeOfDataSet>{kind}</typeOfDataSet>
</LCIMethod></modellingAndValidation><flowProperties><flowProperty dataSetInternalID="0">
<referenceToFlowPropertyDataSet refObjectId="{quantity}"/><meanValue>1</meanValue></flowProperty></flowProperties>
</flowDataSet>"""
