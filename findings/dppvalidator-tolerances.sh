#!/usr/bin/env bash
# dppvalidator 0.5.1 and the tolerances of a UNTP measure (seen 2026-11-30, Python 3.11).
#
# The schema of the UNTP Digital Product Passport 0.7.0, which the package ships, describes both tolerances of a `Measure`
# as deviations from its value ("value=10, upperTolerance=0.1, unit=KGM would mean 10kg + 0.1kg"), and sets no relation between
# them. An interval may reach further down than up: 10 kg, -0.3/+0.1. The package's own model reads them as the ends of an
# interval and refuses every measure whose lower tolerance is the larger number (MDL002), though its schema layer, asked
# alone, accepts the same document. The other way round, -0.1/+0.3, is accepted.
#
# Expected: a passport that fits the schema is not refused for a relation that the schema does not know.
# The script fails if this is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "dppvalidator==0.5.1"
cat > "$folder/passport.py" << 'END'
import json
import sys

low, high, file = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
passport = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"],
    "type": ["DigitalProductPassport", "VerifiableCredential"],
    "id": "https://example.com/passport/1",
    "name": "Passport",
    "issuer": {"type": ["CredentialIssuer"], "id": "did:web:example.com", "name": "A mill"},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "type": ["Product"],
        "id": "https://example.com/lot/1",
        "name": "Yarn",
        "idScheme": {"id": "https://example.com/lots", "name": "Lots"},
        "idGranularity": "batch",
        "batchNumber": "1",
        "productCategory": [{"schemeId": "https://example.com/k", "schemeName": "k", "code": "1", "name": "Yarn"}],
        "producedAtFacility": {"type": ["Facility"], "id": "https://example.com/f", "name": "Mill"},
        "countryOfProduction": {"countryCode": "IT"},
        "dimensions": {
            "weight": {"value": 10, "lowerTolerance": low, "upperTolerance": high, "unit": "KGM"}
        },
    },
}
open(file, "w").write(json.dumps(passport))
END
python3 "$folder/passport.py" 0.3 0.1 "$folder/down.json"
python3 "$folder/passport.py" 0.1 0.3 "$folder/up.json"
for way in down up; do
    "$folder/venv/bin/dppvalidator" validate "$folder/$way.json" --format json > "$folder/$way.txt" || true
done
cat > "$folder/layer.py" << 'END'
import json
import sys
from importlib.resources import files

import jsonschema

schema = json.loads(files("dppvalidator.schemas").joinpath("data/untp-dpp-schema-0.7.0.json").read_text())
jsonschema.Draft202012Validator(schema).validate(json.load(open(sys.argv[1])))
print("fits the schema")
END
"$folder/venv/bin/python" "$folder/layer.py" "$folder/down.json"
grep -o 'Measure.lowerTolerance must be[^"]*' "$folder/down.txt"
grep -q '"valid": true' "$folder/up.txt"
grep -q '"valid": false' "$folder/down.txt"
echo "as seen"
