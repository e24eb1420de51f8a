import { lazy, Suspense } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { Loading } from "../../parts/states.tsx";
import { Rooms } from "./rooms.tsx";
import "./policies.css";

const PolicyEditor = lazy(async () => ({ default: (await import("./policy-editor.tsx")).PolicyEditor }));

/** Something that holds, to begin with: it does nothing that the built-in policy would not do. */
const BEGINNING = `id: my-policy
title: What it is for, in a few words
inherits: touchstone-default
appliesTo:
  surfaces: [comment]
rules:
  - name: links-of-new-accounts
    when: features.links_total > 0 && author.age_days < 2
    action: hold
    queue: default
    reasonCode: link_from_new_account
    userText:
      en: Links of new accounts are looked at first.
`;

/** Writes a policy that there was not yet. */
export default function NewPolicyPage() {
  const { value } = useAnswer("list-policies", {}, { fresh: 30_000 });
  const idFault = (id: string) =>
    value?.policies.some((policy) => policy.id === id)
      ? `There is a policy ${id} already: choose another id, or edit that one.`
      : undefined;
  return (
    <>
      <PageHeader
        title="New policy"
        description="It is checked while you write, saved as version 1, and decides nothing until it is activated."
      />
      <Rooms at="/policies" inside />
      <Suspense fallback={<Loading what="Loading the editor" lines={8} />}>
        <PolicyEditor base={0} initial={BEGINNING} idFault={idFault} onSaved={() => {}} />
      </Suspense>
    </>
  );
}
