import Button from "@cloudscape-design/components/button";
import { useState, useSyncExternalStore } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { useMe } from "./me.tsx";

/** Once the session is over: says so over the page, whose unsent words stay where they are until the person leaves. */
export function SessionOver() {
  const { session } = useMe();
  const isOver = useSyncExternalStore(session.listen, session.ended);
  const [isPutOff, putOff] = useState(false);
  if (!isOver || isPutOff) return null;
  return (
    <Dialog
      title="Your session is over"
      onClose={() => putOff(true)}
      footer={
        <Button variant="primary" onClick={() => void session.signInAgain()}>
          Sign in again
        </Button>
      }
    >
      You come back to this page. Whatever you wrote and have not sent is lost on the way: close this message first to
      copy it.
    </Dialog>
  );
}
