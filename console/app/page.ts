import type { IconProps } from "@cloudscape-design/components/icon";
import type { ComponentType } from "react";
import type { RouteName } from "../api/route-types.ts";

/** What a page's component is given: the places of its path, decoded. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

/** One page of the console. */
export interface Page {
  /** With places as `:name`: `/cases/:id`. */
  readonly path: string;
  /** In the navigation, and for whoever may not open it. */
  readonly title: string;
  /** Routes that it cannot do without: it is there for roles that may call all of them. None: for everybody. */
  readonly needs: readonly RouteName[];
  /** Its place in the navigation; left out for pages that others lead to. */
  readonly nav?: { readonly icon: IconProps.Name };
  /** The path of the page whose entry in the navigation is marked while this one is open; its own where left out. */
  readonly under?: string;
  /** Takes the whole width and height below the top, without padding: a workbench rather than a document. */
  readonly wide?: boolean;
  /** Its component is the default export. */
  load(): Promise<{ readonly default: ComponentType<PageProps> }>;
}
