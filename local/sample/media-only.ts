import { type Line, type Story, says } from "./story.ts";

const picture = (by: string): Line => ({ by, media: [{ type: "image", mimeType: "image/jpeg", byteLength: 412_803 }] });

/** Pictures, films and sounds with no word beside them, which no analyzer here can look at. */
export const mediaOnly: Story = {
  name: "media-only",
  channel: { id: "window-views", visibility: "public", surface: "post" },
  begins: 110,
  pace: 120,
  lines: [
    picture("sill.cat"),
    { by: "rainy.rita", media: [{ type: "video", mimeType: "video/mp4", byteLength: 9_120_400 }] },
    picture("north.pane"),
    { by: "bells.at.six", media: [{ type: "audio", mimeType: "audio/ogg", byteLength: 240_117 }] },
    { by: "sill.cat", media: [{ type: "image" }, { type: "image" }, { type: "video" }] },
    says("north.pane", "Same window, an hour later.", { media: [{ type: "image" }] }),
    picture("dr.geranium"),
    { by: "dr.geranium", media: [{ type: "file", mimeType: "application/pdf" }] },
  ],
};
