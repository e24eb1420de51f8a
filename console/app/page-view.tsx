import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Go } from "../parts/go.tsx";
import { PageHeader } from "../parts/page-header.tsx";
import { Empty, Loading } from "../parts/states.tsx";
import { type Me, useMe } from "../session/me.tsx";
import { ROLE_TITLES } from "../session/role-titles.ts";
import type { Page, PageProps } from "./page.ts";
import { PageFault } from "./page-fault.tsx";
import { pages } from "./pages.ts";

/** Made once for each page: a component that is made while rendering would forget its state each time. */
const components = new Map<string, ComponentType<PageProps>>(pages.map((page) => [page.path, lazy(page.load)]));

export const mayOpen = ({ may }: Me, { needs }: Page): boolean => may(...needs);

/** @returns the path that a person begins at. */
export const homeOf = (me: Me): string => pages.find((page) => page.nav && mayOpen(me, page))?.path ?? "/me";

/** The page of the address, for whoever may open it. */
export function PageView() {
  const me = useMe();
  const [at] = useLocation();
  return (
    <PageFault at={at}>
      <Suspense fallback={<Loading what="Loading the page" lines={8} />}>
        <Switch>
          <Route path="/">
            <Redirect to={homeOf(me)} replace />
          </Route>
          {pages.map((page) => (
            <Route key={page.path} path={page.path}>
              {(params) => <Opened page={page} params={decoded(params as PageProps["params"])} />}
            </Route>
          ))}
          <Route>
            <NoPage />
          </Route>
        </Switch>
      </Suspense>
    </PageFault>
  );
}

/** The router leaves encoded what has a meaning in addresses, such as %40: ids may hold it. */
const decoded = (params: PageProps["params"]): PageProps["params"] =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodedPart(value)]));

function decodedPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether any page was opened yet: the first one leaves the focus at the top, where a document begins. */
let opened = false;

function Opened({ page, params }: { readonly page: Page; readonly params: PageProps["params"] }) {
  const me = useMe();
  const Component = components.get(page.path);
  const here = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!opened) {
      opened = true;
      return;
    }
    // The heading may come with the page's first answer: until it is there the focus waits on the page itself.
    here.current?.focus({ preventScroll: true });
    const title = here.current?.querySelector<HTMLElement>("[data-page-title]");
    title?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);

  if (!Component) return null;
  return (
    <div ref={here} tabIndex={-1} className={page.wide ? "wide page" : "page"}>
      {mayOpen(me, page) ? <Component params={params} /> : <NotForThisRole page={page} />}
    </div>
  );
}

function NotForThisRole({ page }: { readonly page: Page }) {
  const me = useMe();
  return (
    <>
      <PageHeader title={page.title} />
      <Empty title="Your role does not open this page" action={<Go to="/">Go to your first page</Go>}>
        You are signed in as {ROLE_TITLES[me.role].title}. An admin of your team can change that.
      </Empty>
    </>
  );
}

function NoPage() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <Empty title="Nothing is at this address" action={<Go to="/">Go to your first page</Go>} />
    </>
  );
}
