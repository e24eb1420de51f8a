import { createRoot } from "react-dom/client";
import { Announcer } from "./app/announcer.tsx";
import { FlashesProvider } from "./app/flashes.tsx";
import { Frame } from "./app/frame.tsx";
import { followPreferences } from "./app/preferences.ts";
import { KeysProvider } from "./keys/keys-context.tsx";
import { SignedOut, SignInFailed } from "./session/entrance.tsx";
import { Gate } from "./session/gate.tsx";
import { type Start, startSession } from "./session/session.ts";
import "./app/app.css";

function Console({ start }: { readonly start: Exclude<Start, { kind: "leaving" }> }) {
  if (start.kind === "signed_out") return <SignedOut signIn={start.signIn} />;
  if (start.kind === "failed") return <SignInFailed why={start.why} signIn={start.signIn} />;
  return (
    <KeysProvider>
      <Announcer>
        <FlashesProvider>
          <Gate session={start.session}>
            <Frame />
          </Gate>
        </FlashesProvider>
      </Announcer>
    </KeysProvider>
  );
}

followPreferences();
const root = document.getElementById("root");
const start = await startSession();
if (root && start.kind !== "leaving") createRoot(root).render(<Console start={start} />);
