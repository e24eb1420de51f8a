import type { Shown } from "../api/use-answer.ts";
import { useMe } from "../session/me.tsx";
import { Go } from "./go.tsx";
import { SafeInline } from "./safe-text.tsx";
import { Empty } from "./states.tsx";

/**
 * Whether a read was refused because there is no such thing, or none that this person may see; or was not made, because
 * nothing can have such an id.
 */
export const notFound = ({ state, refused, value }: Shown<unknown>): boolean =>
  state === "idle" || (value === undefined && refused?.code === "not_found");

/** There is no such thing here, or it is not this person's to see: the API does not tell which. */
export function NotFound({ what, id }: { readonly what: string; readonly id: string }) {
  const { role } = useMe();
  return (
    <Empty title={`No ${what} of this id is known`} action={<Go to="/search">Search for another id</Go>}>
      <SafeInline text={id} />
      <p>
        {role === "brand"
          ? "You see what is public and concerns your brand."
          : "Nothing was handed in under it, or it was erased, or it was kept as long as it may be."}
      </p>
    </Empty>
  );
}
