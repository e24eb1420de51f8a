import { useState } from "react";
import { usePreferences } from "../../app/preferences.ts";
import { SafeInline } from "../../parts/safe-text.tsx";
import { Shielded } from "../../parts/shielded.tsx";
import type { MediaReference } from "./case-record.ts";
import { PlatformLink } from "./platform-link.tsx";

const TYPE_WORDS: Readonly<Record<MediaReference["type"], string>> = {
  image: "Picture",
  video: "Video",
  audio: "Recording",
  file: "File",
};

/** Pictures, videos and files of an item. Only pictures of this origin are shown; nothing ever plays. */
export function MediaList({ media }: { readonly media: readonly MediaReference[] }) {
  if (media.length === 0) return null;
  return (
    <ul className="case-list media-list" aria-label="Media">
      {media.map((one) => (
        <li key={one.id}>
          <OneMedium one={one} />
        </li>
      ))}
    </ul>
  );
}

function OneMedium({ one: { id, type, url } }: { readonly one: MediaReference }) {
  const { blurMedia } = usePreferences();
  const [wasWanted, want] = useState(false);
  const name = TYPE_WORDS[type];
  if (url === undefined)
    return (
      <p className="quiet">
        {name} <SafeInline text={id} />: where it lies is not known here.
      </p>
    );
  // The page's policy loads no picture of another origin: it would tell that origin who looks at it, and when.
  const isOurs = url.startsWith("/");
  if (type !== "image" || !isOurs)
    return (
      <p>
        <PlatformLink href={url}>{`${name}: open it where it lies`}</PlatformLink>
      </p>
    );
  return (
    <div
      onPointerDownCapture={() => want(true)}
      onKeyDownCapture={({ key }) => (key === " " || key === "Enter") && want(true)}
      onClickCapture={() => want(true)}
    >
      <Shielded kind="media" when what={`${name}, not loaded before you want it`}>
        {wasWanted || !blurMedia ? (
          <img src={url} alt={`${name} ${id} of the item`} decoding="async" />
        ) : (
          <div className="media-place" />
        )}
      </Shielded>
    </div>
  );
}
