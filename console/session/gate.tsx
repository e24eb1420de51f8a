import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import type { Answered } from "../api/answered.ts";
import { ApiProvider } from "../api/api-context.tsx";
import { openApi } from "../api/call.ts";
import { Loading } from "../parts/states.tsx";
import { NotAMember, NotLetIn } from "./entrance.tsx";
import { MeProvider } from "./me.tsx";
import type { Person } from "./person.ts";
import type { Session } from "./session.ts";

/** Lets in whoever the API knows; shows the others what to do. */
export function Gate({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  const call = useMemo(() => openApi(session), [session]);
  const [answer, setAnswer] = useState<Answered<Person>>();
  const ask = useCallback(() => {
    setAnswer(undefined);
    void call("me", {}).then(setAnswer);
  }, [call]);
  useEffect(ask, [ask]);

  if (!answer)
    return (
      <main className="full-page">
        <Loading what="Starting the console" />
      </main>
    );
  if (answer.ok)
    return (
      <ApiProvider call={call}>
        <MeProvider person={answer.value} session={session}>
          {children}
        </MeProvider>
      </ApiProvider>
    );
  const leave = { onRetry: ask, signOut: () => void session.signOut() };
  const { subject } = answer.problem;
  if (answer.code === "not_a_member" && subject !== undefined) return <NotAMember code={subject} {...leave} />;
  return <NotLetIn problem={answer.problem} {...leave} />;
}
