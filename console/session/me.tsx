import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { RouteName } from "../api/route-types.ts";
import { mayCall } from "./may-call.ts";
import type { Person } from "./person.ts";
import type { Session } from "./session.ts";

export interface Me extends Person {
  /** Whether this person's role may call every one of these routes. */
  may(...routes: readonly RouteName[]): boolean;
  /** Whether an actor of a claim, note or decision is this person. */
  is(actor: string | undefined): boolean;
  readonly session: Session;
}

const MeContext = createContext<Me | undefined>(undefined);

interface Given {
  readonly person: Person;
  readonly session: Session;
  readonly children: ReactNode;
}

export function MeProvider({ person, session, children }: Given) {
  const me = useMemo(
    () => ({
      ...person,
      session,
      may: (...routes: readonly RouteName[]) => routes.every((route) => mayCall(person.role, route)),
      is: (actor: string | undefined) => actor === person.id,
    }),
    [person, session],
  );
  return <MeContext value={me}>{children}</MeContext>;
}

/** @returns who is signed in. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside of a MeProvider");
  return me;
}
