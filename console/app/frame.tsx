import { lazy, Suspense, useState } from "react";
import { matchRoute, useLocation, useRouter } from "wouter";
import type { Listed } from "../keys/key-help.tsx";
import { useKeyRegistry, useKeys } from "../keys/keys-context.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { SessionOver } from "../session/session-over.tsx";
import { FlashList } from "./flashes.tsx";
import { Navigation } from "./navigation.tsx";
import { PageView } from "./page-view.tsx";
import { pages } from "./pages.ts";
import { TopBar } from "./top-bar.tsx";
import "./frame.css";

const KeyHelp = lazy(async () => ({ default: (await import("../keys/key-help.tsx")).KeyHelp }));
const PreferencesForm = lazy(async () => ({ default: (await import("./preferences-form.tsx")).PreferencesForm }));

/** What stands around every page: the bar on top, the navigation, messages, and the dialogs that are everywhere. */
export function Frame() {
  const [at] = useLocation();
  const { parser } = useRouter();
  const registry = useKeyRegistry();
  const [isOpen, setOpen] = useState(false);
  const [keys, setKeys] = useState<Listed>();
  const [prefers, setPrefers] = useState(false);
  const showKeys = (): void => setKeys(registry.active());
  useKeys("global", [{ keys: "?", title: "Show the keys that are active", run: showKeys }]);
  const page = pages.find(({ path }) => matchRoute(parser, path, at)[0]);

  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <div className={page?.wide ? "frame frame-wide" : "frame"}>
        <TopBar
          isOpen={isOpen}
          onMenu={() => setOpen(!isOpen)}
          onKeys={showKeys}
          onPreferences={() => setPrefers(true)}
        />
        <Navigation active={page} isOpen={isOpen} onClose={() => setOpen(false)} />
        <main id="content" tabIndex={-1}>
          <PageView />
        </main>
        <FlashList />
      </div>
      <Suspense>
        {keys && <KeyHelp listed={keys} onClose={() => setKeys(undefined)} />}
        {prefers && (
          <Dialog title="Preferences" onClose={() => setPrefers(false)}>
            <PreferencesForm />
          </Dialog>
        )}
      </Suspense>
      <SessionOver />
    </>
  );
}
