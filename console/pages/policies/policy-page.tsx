import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { Asked, Empty, Loading } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { PARTS, type Part, policyPath } from "./paths.ts";
import { PolicyActions } from "./policy-actions.tsx";
import { PolicyFacts } from "./policy-facts.tsx";
import { PolicyHistory } from "./policy-history.tsx";
import { PolicyRules } from "./policy-rules.tsx";
import { PolicyShadow } from "./policy-shadow.tsx";
import { Rooms } from "./rooms.tsx";
import type { PolicyView } from "./words.tsx";
import "./policies.css";

// The editor and the comparison read and write YAML, which only they need.
const EditPolicy = lazy(async () => ({ default: (await import("./edit-policy.tsx")).EditPolicy }));
const CompareVersions = lazy(async () => ({ default: (await import("./compare-versions.tsx")).CompareVersions }));

const TITLES: Readonly<Record<Part, string>> = {
  rules: "Rules",
  edit: "Edit",
  compare: "Compare versions",
  shadow: "Shadow",
  history: "History",
};

const isPart = (part: string | undefined): part is Part => PARTS.some((one) => one === part);

/** One policy: how it stands, what it says, and everything that is done with it. */
export default function PolicyPage({ params: { id = "", part = "rules" } }: PageProps) {
  const shown = useAnswer("get-policy", { params: { id } }, { fresh: 2_000, every: 30_000 });
  if (shown.refused?.code === "not_found" || shown.refused?.code === "invalid_request")
    return (
      <>
        <PageHeader title="Policy" />
        <Rooms at="/policies" inside />
        <Empty title="There is no policy of this id" action={<Go to="/policies">See all policies</Go>} />
      </>
    );
  return (
    <>
      <PageHeader
        title={shown.value?.title ?? "Policy"}
        tab={`${id} · policy`}
        description={shown.value?.shown.document.description}
        actions={shown.value && <PolicyActions policy={shown.value} refresh={shown.refresh} />}
      />
      <Rooms at="/policies" inside />
      <Asked shown={shown}>
        {(policy) => <Opened key={id} policy={policy} part={isPart(part) ? part : "rules"} />}
      </Asked>
    </>
  );
}

function Opened({ policy, part }: { readonly policy: PolicyView; readonly part: Part }) {
  const me = useMe();
  const open = PARTS.filter(
    (one) =>
      (one !== "edit" || (me.may("save-policy") && !policy.builtIn)) &&
      (one !== "shadow" || (me.may("get-shadow") && !policy.builtIn)) &&
      (one !== "compare" || policy.versions.length > 1) &&
      (one !== "history" || !policy.builtIn),
  );
  const at = open.includes(part) ? part : "rules";
  return (
    <>
      <PolicyFacts policy={policy} />
      {open.length > 1 && (
        <nav className="policy-parts" aria-label="Parts of this policy">
          {open.map((one) =>
            one === at ? (
              <span key={one} aria-current="page">
                {TITLES[one]}
              </span>
            ) : (
              <Go key={one} to={policyPath(policy.id, one)}>
                {TITLES[one]}
              </Go>
            ),
          )}
        </nav>
      )}
      <Suspense fallback={<Loading what="Loading" lines={8} />}>
        {at === "rules" && <PolicyRules policy={policy} />}
        {at === "edit" && <EditPolicy policy={policy} />}
        {at === "compare" && <CompareVersions policy={policy} />}
        {at === "shadow" && <PolicyShadow policy={policy} />}
        {at === "history" && <PolicyHistory policy={policy} />}
      </Suspense>
    </>
  );
}
