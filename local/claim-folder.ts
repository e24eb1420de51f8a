import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/**
 * Takes the data folder for this process: two embedded clouds on one folder would spoil it. A claim that a killed
 * process left behind is taken over.
 * @returns gives the folder free again.
 * @throws where a living process holds the folder.
 */
export function claimFolder(dataDir: string): () => void {
  const file = join(dataDir, "process.pid");
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && Number.isInteger(holder) && holder > 0 && alive(holder))
      throw new Error(`process ${holder} uses ${dataDir} already: stop it, or choose another folder with --data`);
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
}
