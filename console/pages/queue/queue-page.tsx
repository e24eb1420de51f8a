import { Workbench } from "../case/workbench.tsx";

/** The workbench before a case is open. */
export default function QueuePage() {
  return <Workbench id={undefined} />;
}
