import { memo, useMemo } from "react";
import { visibleText } from "./hidden-characters.ts";
import { blocksOf, cutAtMarks, type Marked, type Piece } from "./marked-text.ts";
import "./parts.css";

const NO_MARKS: readonly Marked[] = [];

interface SafeTextProps {
  /** What somebody wrote: never trusted. */
  readonly text: string;
  readonly marks?: readonly Marked[];
  /** The `id` of the marks to point out now. */
  readonly activeMark?: string | undefined;
  /** A mark was pointed at, or left. */
  onMark?(id: string | undefined): void;
}

/**
 * People's words over several lines: text nodes only, in a direction of their own, with signs for characters that hide
 * and evidence in `<mark>`. Long texts are laid out as they come into sight.
 */
export const SafeText = memo(function SafeText({ text, marks = NO_MARKS, activeMark, onMark }: SafeTextProps) {
  const blocks = useMemo(() => blocksOf(cutAtMarks(text, marks)), [text, marks]);
  return (
    <bdi dir="auto" className="words">
      {blocks.map((pieces, block) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
        <span key={block} className="block">
          {pieces.map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <PieceOfText key={index} piece={piece} activeMark={activeMark} onMark={onMark} />
          ))}
        </span>
      ))}
    </bdi>
  );
});

interface PieceProps extends Pick<SafeTextProps, "activeMark"> {
  readonly piece: Piece;
  readonly onMark: SafeTextProps["onMark"] | undefined;
}

function PieceOfText({ piece: { text, marks }, activeMark, onMark }: PieceProps) {
  if (marks.length === 0) return <Signs text={text} />;
  const titles = [...new Set(marks.map(({ title }) => title))].join(", ");
  const id = marks.find((mark) => mark.id !== undefined)?.id;
  const active = activeMark !== undefined && marks.some((mark) => mark.id === activeMark);
  return (
    <mark
      title={titles}
      className={active ? "active" : undefined}
      data-mark={id}
      onPointerEnter={onMark && (() => onMark(id))}
      onPointerLeave={onMark && (() => onMark(undefined))}
    >
      <Signs text={text} />
    </mark>
  );
}

/** More signs than this become plain text: so many elements of their own would make the page slow. */
const MOST_SIGNS = 500;

function Signs({ text }: { readonly text: string }) {
  const parts = useMemo(() => visibleText(text), [text]);
  if (parts.length > MOST_SIGNS) return parts.map((part) => part.text).join("");
  return parts.map((part, index) =>
    part.sign === undefined ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: signs have no identity but their place
      <span key={index} className="sign" title={part.sign}>
        {part.text}
      </span>
    ),
  );
}

/** People's words on one line: an id, a name, a title. */
export function SafeInline({ text }: { readonly text: string }) {
  return (
    <bdi dir="auto">
      <Signs text={text} />
    </bdi>
  );
}
