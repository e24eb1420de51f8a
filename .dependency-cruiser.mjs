// The rooms and who may look into which. Imports point inward: functions → shared; nothing imports a function.
const forbid = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: to },
});

export default {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Types and what a script loads when it is run as one are no cycle of modules.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    // aws-lambda is types only (@types/aws-lambda).
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^aws-lambda$" } },
    {
      name: "nothing-imports-a-function",
      severity: "error",
      comment: "A function's use case may be tested; nothing else reaches into it.",
      from: { pathNot: "^(functions|test)/" },
      to: { path: "^functions/" },
    },
    {
      name: "functions-keep-to-themselves",
      severity: "error",
      from: { path: "^functions/([^/]+)/" },
      to: { path: "^functions/", pathNot: "^functions/$1/" },
    },
    forbid("functions-know-shared-only", "^functions/", "^(infra|local|cli|console|bench|eval|test|scripts)/"),
    forbid("shared-is-innermost", "^shared/", "^(functions|infra|local|cli|console|bench|eval|test|scripts)/"),
    forbid("domain-is-pure", "^shared/domain/", "^shared/(?!domain/)"),
    forbid("plots-are-pure", "^shared/plots/", "^shared/(?!(domain|plots)/)"),
    forbid("scoring-is-pure", "^shared/scoring/", "^shared/(store|queue|keys|runtime|contracts|policy|analyzers)/"),
    forbid(
      "domain-and-scoring-know-no-cloud",
      "^shared/(domain|scoring|policy)/",
      "node_modules/(@aws-sdk|@middy|@smithy)/",
    ),
    forbid("infra-knows-contracts-only", "^infra/", "^(local|cli|console|bench|eval|shared/(?!contracts/|domain/))"),
    {
      ...forbid("engines-read-weights-not-training", "^(shared|functions)/", "^models/"),
      comment: "What a training left is data, which a bundle may carry.",
      to: { path: "^models/", pathNot: "\\.json$" },
    },
    forbid(
      "training-and-evaluation-know-what-ships",
      "^(models|eval)/",
      "^(functions|infra|console|bench|test|scripts)/",
    ),
    {
      ...forbid(
        "console-knows-contracts-and-nouns",
        "^console/(?!(build|evaluated-facts|theme-tokens)\\.ts$)",
        "^(functions|infra|local|cli|bench|eval|models|test|scripts|shared/(?!(contracts|domain|plots)/|policy/policy-source\\.ts$))",
      ),
      comment:
        "What it needs of schemas is types, or plain data by console/facts. The editor finds places in YAML as the CLI does.",
    },
    {
      name: "pages-keep-to-themselves",
      severity: "error",
      comment: "What two pages share is a part. The workbench shows the queue beside the case.",
      from: { path: "^console/pages/([^/]+)/" },
      to: { path: "^console/pages/", pathNot: "^console/pages/($1|queue|case)/" },
    },
    {
      ...forbid(
        "only-the-build-of-the-console-is-known",
        "^(functions|shared|infra|local|cli|bench|eval)/",
        "^console/",
      ),
      to: { path: "^console/", pathNot: "^console/build\\.ts$" },
    },
    forbid("nothing-else-knows-evaluation-or-bench", "^(functions|shared|infra|local|cli)/", "^(eval|bench)/"),
    forbid("analyzers-know-no-store", "^shared/analyzers/", "^shared/(store|queue|keys)/"),
    forbid("stores-know-no-queue", "^shared/store/", "^shared/(queue|policy)/"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
