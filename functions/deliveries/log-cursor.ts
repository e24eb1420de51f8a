/** Positions in the log hold a `#`, which cannot stand in an address as it is. */
export const cursorOf = (position: string): string => position.replace("#", "_");

/** The position of a cursor; its time holds no `_`, the id after it does. */
export const afterCursor = (cursor: string | undefined): string | undefined => cursor?.replace("_", "#");
