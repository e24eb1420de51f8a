import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const UNFINISHED = ".part";

/**
 * Makes a folder hold exactly these files (paths inside it → contents). Files that are already so are not touched and
 * others change in one step, so that whoever runs from the folder meanwhile never sees half of one.
 */
export async function syncFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const present = found.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const wanted = new Map([...files].map(([path, contents]) => [join(folder, path), contents]));

  // Another process may be in the middle of the same: its unfinished files are not ours to remove.
  const gone = present.filter((file) => !wanted.has(file) && !file.endsWith(UNFINISHED));
  await Promise.all(gone.map((file) => rm(file, { force: true })));
  await Promise.all([...wanted].map(([file, contents]) => write(file, contents)));
}

async function write(file: string, contents: Uint8Array): Promise<void> {
  const before = await readFile(file).catch(() => undefined);
  if (before?.equals(contents)) return;
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}${UNFINISHED}`;
  await writeFile(part, contents);
  await rename(part, file);
}
