import type { Page } from "./page.ts";

/** Every page, in the order of the navigation; the first that a role may open is its home. */
export const pages: readonly Page[] = [
  {
    path: "/queue",
    title: "Queue",
    needs: ["list-cases"],
    nav: { icon: "folder" },
    wide: true,
    load: () => import("../pages/queue/queue-page.tsx"),
  },
  {
    path: "/cases/:id",
    title: "Case",
    needs: ["get-case"],
    under: "/queue",
    wide: true,
    load: () => import("../pages/case/case-page.tsx"),
  },
  {
    path: "/search",
    title: "Search",
    needs: ["search"],
    nav: { icon: "search" },
    load: () => import("../pages/search/search-page.tsx"),
  },
  {
    path: "/authors/:id",
    title: "Author",
    needs: ["get-author"],
    under: "/search",
    load: () => import("../pages/search/author-page.tsx"),
  },
  {
    path: "/items/:kind/:id",
    title: "Item",
    needs: ["get-verdict"],
    under: "/search",
    load: () => import("../pages/search/item-page.tsx"),
  },
  {
    path: "/targets",
    title: "Targets",
    needs: ["list-targets"],
    nav: { icon: "star-half" },
    load: () => import("../pages/targets/targets-page.tsx"),
  },
  {
    path: "/targets/:id",
    title: "Target",
    needs: ["get-target"],
    under: "/targets",
    load: () => import("../pages/targets/target-page.tsx"),
  },
  {
    path: "/audiences",
    title: "Audiences",
    needs: ["list-audiences"],
    nav: { icon: "group" },
    load: () => import("../pages/audiences/audiences-page.tsx"),
  },
  {
    path: "/audiences/:id",
    title: "Audience",
    needs: ["get-audience"],
    under: "/audiences",
    load: () => import("../pages/audiences/audience-page.tsx"),
  },
  {
    path: "/audit",
    title: "Audit log",
    needs: ["list-audit"],
    nav: { icon: "file-open" },
    load: () => import("../pages/audit/audit-page.tsx"),
  },
  {
    path: "/me",
    title: "You",
    needs: [],
    nav: { icon: "user-profile" },
    load: () => import("../pages/me/me-page.tsx"),
  },
];
