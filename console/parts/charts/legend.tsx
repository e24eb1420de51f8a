import type { ReactNode } from "react";

type Mark = "series" | "suspect" | "usual" | "chance" | "dot" | "diamond" | "ring" | "band" | "window";

const SHAPES: Readonly<Record<Mark, ReactNode>> = {
  series: <rect className="chart-series" x="1" y="2" width="16" height="10" />,
  suspect: (
    <>
      <rect className="legend-suspect" x="1" y="2" width="16" height="10" />
      <path className="legend-stripes" d="M1 12L11 2M7 12L17 2M13 12L17 8M1 6L5 2" />
    </>
  ),
  usual: <line className="chart-usual" x1="0" x2="18" y1="7" y2="7" />,
  chance: <rect className="chart-chance" x="1" y="2" width="16" height="10" />,
  dot: <circle className="chart-dot" cx="9" cy="7" r="3.5" />,
  diamond: <path className="chart-diamond" d="M9 2l5 5l-5 5l-5-5z" />,
  ring: <circle className="chart-ring" cx="9" cy="7" r="3" />,
  band: (
    <>
      <rect className="legend-band" x="1" y="2" width="16" height="10" />
      <path className="legend-band-stripes" d="M1 12L11 2M7 12L17 2" />
    </>
  ),
  window: (
    <>
      <circle className="legend-window" cx="9" cy="7" r="6.5" />
      <text x="9" y="11" textAnchor="middle">
        1
      </text>
    </>
  ),
};

/** One line of a chart's legend. */
export function LegendItem({ mark, children }: { readonly mark: Mark; readonly children: ReactNode }) {
  return (
    <li>
      <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
        {SHAPES[mark]}
      </svg>
      {children}
    </li>
  );
}
