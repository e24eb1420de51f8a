import Button from "@cloudscape-design/components/button";
import { useAnswer } from "../../api/use-answer.ts";
import type { PageProps } from "../../app/page.ts";
import { useKeys } from "../../keys/keys-context.tsx";
import { Panel } from "../../keys/panel.tsx";
import { Go } from "../../parts/go.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RowTable } from "../../parts/row-table.tsx";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Section } from "../../parts/section.tsx";
import { Asked, Empty } from "../../parts/states.tsx";
import { useMe } from "../../session/me.tsx";
import { AboutAlert, GatheredBy, RecordOf } from "./alert-parts.tsx";
import type { Alert } from "./alert-words.ts";
import { useAcknowledge } from "./use-acknowledge.ts";
import "./alerts.css";

const EVERY_MS = 15_000;

/** One alert: what it has gathered by now, its items, and its record. */
export default function AlertPage({ params: { id = "" } }: PageProps) {
  const shown = useAnswer("get-alert", { params: { id } }, { every: EVERY_MS });
  const { may, busy, acknowledge } = useAcknowledge();
  const alert = shown.value;
  const open = alert && may(alert) ? alert : undefined;
  useKeys("alert", [
    {
      keys: "a",
      title: "Acknowledge the alert",
      run: () => open && void acknowledge(open),
      when: open !== undefined,
    },
  ]);
  return (
    <>
      <PageHeader
        title={alert?.headline ?? "Alert"}
        tab={`${alert?.headline ?? "Alert"} · alerts`}
        description={<Go to="/alerts">All alerts</Go>}
        actions={
          <span className="button-row">
            {open && (
              <Button variant="primary" loading={busy} onClick={() => void acknowledge(open)}>
                Acknowledge
              </Button>
            )}
            <Button iconName="refresh" loading={shown.busy} onClick={shown.refresh}>
              Refresh
            </Button>
          </span>
        }
      />
      {shown.refused?.code === "not_found" ? (
        <Empty title="No alert of this id is known" action={<Go to="/alerts">Go to the alerts</Go>}>
          It may be over a month old, or of a brand that is not yours.
        </Empty>
      ) : (
        <Asked shown={shown}>
          {(value) => (
            <Panel scope="alert" label="The alert" initial>
              <AboutAlert alert={value} />
              <GatheredBy alert={value} />
              <Items alert={value} />
              <RecordOf alert={value} />
            </Panel>
          )}
        </Asked>
      )}
    </>
  );
}

type Item = Alert["items"][number];

/** Their words stand in their cases, which show them as far as the reader may see them. */
function Items({ alert: { items, tally } }: { readonly alert: Alert }) {
  const me = useMe();
  if (items.length === 0) return null;
  return (
    <Section title="Items">
      <p className="quiet">
        {tally.count > items.length ? `The first ${items.length} of ${tally.count.toLocaleString()} events. ` : ""}
        What they say stands in their cases, as far as you may read it.
      </p>
      <RowTable<Item>
        caption="Items of the alert"
        columns={[
          { head: "Kind", cell: ({ ref }) => ref.kind },
          { head: "Item", cell: ({ ref }) => <SafeInline text={ref.id} /> },
          {
            head: "In context",
            cell: ({ case: id }) =>
              me.may("get-case") ? (
                <Go to={`/cases/${id}`} label={`Open its case, ${id}`}>
                  Open its case
                </Go>
              ) : (
                <code>{id}</code>
              ),
          },
        ]}
        rows={items}
        keyOf={({ ref }) => `${ref.kind} ${ref.id} ${ref.revision}`}
      />
    </Section>
  );
}
