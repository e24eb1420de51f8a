import { describe, expect, it } from "vitest";
import { grantReport, mergeReports, nameOfGrant } from "../../../local/gate/grants.ts";
import { openUses } from "../../../local/gate/uses.ts";

const table = "arn:aws:dynamodb:us-east-1:000000000000:table/things";
const data = "arn:aws:kms:us-east-1:000000000000:key/data";
const through = (service: string) => ({ "kms:viaservice": `${service}.us-east-1.amazonaws.com` });

const callers = [
  {
    name: "writer",
    policies: [
      {
        where: "role",
        document: {
          Statement: [
            { Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table },
            { Effect: "Allow", Action: "dynamodb:Query", Resource: [`${table}/index/lanes`] },
            {
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:Encrypt"],
              Resource: data,
              Condition: { StringEquals: { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" } },
            },
            { Effect: "Allow", Action: "kms:Decrypt", Resource: data },
            { Effect: "Allow", Action: ["xray:Put*"], Resource: "*" },
            { Effect: "Deny", Action: "dynamodb:DeleteItem", Resource: table },
          ],
        },
      },
    ],
  },
  {
    name: "reader",
    policies: [
      { where: "role", document: { Statement: { Effect: "Allow", Action: "dynamodb:GetItem", Resource: table } } },
    ],
  },
];
const shortened = (arn: string) => arn.replace(table, "Things").replace(data, "Data");

function usedBy(note: (uses: ReturnType<typeof openUses>) => void) {
  const uses = openUses();
  note(uses);
  const { grants, refused } = grantReport(callers, uses.all(), shortened);
  return { used: Object.fromEntries(grants.map((grant) => [nameOfGrant(grant), grant.used])), refused };
}

describe("grantReport", () => {
  it("lists every right of every caller once, unused, when nothing ran", () => {
    expect(usedBy(() => undefined)).toEqual({
      used: {
        "writer dynamodb:GetItem Things": 0,
        "writer dynamodb:PutItem Things": 0,
        "writer dynamodb:Query Things/index/lanes": 0,
        "writer kms:Decrypt Data via dynamodb": 0,
        "writer kms:Encrypt Data via dynamodb": 0,
        "writer kms:Decrypt Data": 0,
        "writer xray:Put* *": 0,
        "reader dynamodb:GetItem Things": 0,
      },
      refused: [],
    });
  });

  it("counts a call for the right that lets it through, of its own caller and resource", () => {
    const { used } = usedBy((uses) => {
      uses.note("writer", { action: "dynamodb:GetItem", resources: [table], circumstances: {} }, true);
      uses.note("writer", { action: "dynamodb:GetItem", resources: [table, table], circumstances: {} }, true);
      uses.note("writer", { action: "dynamodb:Query", resources: [table], circumstances: {} }, true);
    });
    expect(used).toMatchObject({
      "writer dynamodb:GetItem Things": 3,
      "writer dynamodb:Query Things/index/lanes": 0,
      "reader dynamodb:GetItem Things": 0,
    });
  });

  it("tells a key used through a service from a key used by the caller itself", () => {
    const decrypt = { action: "kms:Decrypt", resources: [data] };
    const own = usedBy((uses) => uses.note("writer", { ...decrypt, circumstances: {} }, true)).used;
    expect([own["writer kms:Decrypt Data"], own["writer kms:Decrypt Data via dynamodb"]]).toEqual([1, 0]);
    const sns = usedBy((uses) => uses.note("writer", { ...decrypt, circumstances: through("sns") }, true)).used;
    expect(sns["writer kms:Decrypt Data via dynamodb"]).toBe(0);
    const tables = usedBy((uses) => uses.note("writer", { ...decrypt, circumstances: through("dynamodb") }, true)).used;
    expect(tables["writer kms:Decrypt Data via dynamodb"]).toBe(1);
  });

  it("keeps what was refused apart", () => {
    const { used, refused } = usedBy((uses) => {
      uses.note("reader", { action: "dynamodb:PutItem", resources: [table], circumstances: {} }, false);
      uses.note("reader", { action: "dynamodb:GetItem", resources: [table], circumstances: {} }, false);
    });
    expect(used["reader dynamodb:GetItem Things"]).toBe(0);
    expect(refused).toEqual([
      { caller: "reader", action: "dynamodb:PutItem", resource: "Things", times: 1 },
      { caller: "reader", action: "dynamodb:GetItem", resource: "Things", times: 1 },
    ]);
  });
});

it("mergeReports adds up the uses of the same right", () => {
  const grant = { caller: "writer", action: "a:B", resource: "r" };
  const refused = { ...grant, times: 1 };
  const merged = mergeReports([
    {
      grants: [
        { ...grant, used: 2 },
        { ...grant, via: "sns", used: 0 },
      ],
      refused: [refused],
    },
    { grants: [{ ...grant, used: 3 }], refused: [refused] },
  ]);
  expect(merged).toEqual({
    grants: [
      { ...grant, used: 5 },
      { ...grant, via: "sns", used: 0 },
    ],
    refused: [{ ...refused, times: 2 }],
  });
});
