import Button from "@cloudscape-design/components/button";
import type { AnswerOf } from "../../api/route-types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Age } from "../../parts/age.tsx";
import { CardList } from "../../parts/card-list.tsx";
import { Go, useGo } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { HeldNow } from "./held-now.tsx";
import { policyPath } from "./paths.ts";
import { Rooms } from "./rooms.tsx";
import { Standing } from "./standing.tsx";
import "./policies.css";

type Summary = AnswerOf<"list-policies">["policies"][number];

/** What decides about items: every policy, with how it stands. */
export default function PoliciesPage() {
  const me = useMe();
  const go = useGo();
  const shown = useAnswer("list-policies", {}, { fresh: 5_000 });
  return (
    <>
      <PageHeader
        title="Policies"
        description="The scorers find; a policy decides what happens. Of all active ones that fit an item, the one made for it most closely decides."
        actions={
          <span className="button-row">
            <Button iconName="refresh" ariaLabel="Refresh" loading={shown.busy} onClick={shown.refresh} />
            {me.may("save-policy") && (
              <Button variant="primary" onClick={() => go("/new-policy")}>
                New policy
              </Button>
            )}
          </span>
        }
      />
      <Rooms at="/policies" />
      {me.may("list-quarantines") && <HeldNow />}
      <Asked shown={shown}>
        {({ policies }) =>
          policies.length === 0 ? (
            <Empty title="There is no policy" />
          ) : (
            <CardList scope="policies" label="All policies" all={policies} keyOf={({ id }) => id}>
              {(policy) => <PolicyCard policy={policy} isAlone={policies.every(({ active }) => !active)} />}
            </CardList>
          )
        }
      </Asked>
    </>
  );
}

function PolicyCard({ policy, isAlone }: { readonly policy: Summary; readonly isAlone: boolean }) {
  const { id, title, inherits, newest, savedAt, savedBy, builtIn } = policy;
  return (
    <>
      <h2>
        <Go to={policyPath(id)}>
          <SafeInline text={title} />
        </Go>{" "}
        <code className="quiet">{id}</code>
      </h2>
      <p className="card-line">
        <Standing {...policy} />
        {builtIn && isAlone && <span>decides about everything until a policy of yours is activated</span>}
        {inherits !== undefined && (
          <span>
            refines <Go to={policyPath(inherits)}>{inherits}</Go>
          </span>
        )}
      </p>
      {savedAt !== undefined && (
        <p className="card-line quiet">
          <span>
            newest: version {newest}, saved <Age since={savedAt} ago />{" "}
            {savedBy && (
              <>
                by <SafeInline text={savedBy} />
              </>
            )}
          </span>
        </p>
      )}
    </>
  );
}
