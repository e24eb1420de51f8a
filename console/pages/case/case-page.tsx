import type { PageProps } from "../../app/page.ts";
import { Workbench } from "./workbench.tsx";

/** The workbench with a case open. */
export default function CasePage({ params }: PageProps) {
  return <Workbench id={params.id} />;
}
