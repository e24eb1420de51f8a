import { Go } from "../../parts/go.tsx";
import { useMe } from "../../session/me.tsx";

const ROOMS = [
  { path: "/policies", title: "Policies", needs: "list-policies" },
  { path: "/floods", title: "Flood breaker", needs: "list-quarantines" },
  { path: "/backtests", title: "Backtests", needs: "list-backtests" },
  { path: "/undos", title: "Undos", needs: "list-undos" },
] as const;

interface RoomsProps {
  readonly at: (typeof ROOMS)[number]["path"];
  /** The page is one of the things in that room, not the room itself. */
  readonly inside?: boolean;
}

/** The rooms around policies: what decides, what holds it back, what would have been, and what is taken back. */
export function Rooms({ at, inside = false }: RoomsProps) {
  const me = useMe();
  const open = ROOMS.filter(({ needs }) => me.may(needs));
  if (open.length < 2) return null;
  return (
    <nav className="policy-rooms" aria-label="Around policies">
      {open.map(({ path, title }) =>
        path === at ? (
          <span key={path} aria-current={inside ? "true" : "page"}>
            {inside ? <Go to={path}>{title}</Go> : title}
          </span>
        ) : (
          <Go key={path} to={path}>
            {title}
          </Go>
        ),
      )}
    </nav>
  );
}
