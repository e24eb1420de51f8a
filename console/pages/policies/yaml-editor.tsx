import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { TextFault } from "./policy-text.ts";

/** What a page does with the editor beside typing. */
export interface EditorHandle {
  /** Takes the focus there. */
  goTo(offset: number): void;
  /** One step of its history: undoing it brings the text before back. */
  replace(text: string): void;
}

interface YamlEditorProps {
  /** What it begins with; later it is the editor's own. */
  readonly initial: string;
  readonly label: string;
  readonly faults: readonly TextFault[];
  readonly ref: Ref<EditorHandle>;
  onChange(text: string): void;
  onSave(): void;
}

// Colours come from the page by variables: they reach into the shadow tree and follow light and dark.
const COLOURS = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--editor-name)" },
  { tag: [tags.string, tags.content], color: "var(--editor-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--editor-value)" },
  { tag: tags.comment, color: "var(--editor-quiet)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: "var(--editor-quiet)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--editor-text)", backgroundColor: "var(--editor-ground)", fontSize: "14px", height: "100%" },
  // The page marks the whole of it.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--editor-font)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--editor-text)", paddingBlock: "8px" },
  ".cm-cursor": { borderLeftColor: "var(--editor-text)" },
  ".cm-gutters": {
    backgroundColor: "var(--editor-ground)",
    color: "var(--editor-quiet)",
    borderRight: "1px solid var(--editor-line)",
  },
  ".cm-activeLine": { backgroundColor: "var(--editor-active)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--editor-chosen)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--editor-chosen)", outline: "none" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--editor-ground)",
    color: "var(--editor-text)",
    border: "1px solid var(--editor-line)",
    maxWidth: "min(520px, 90vw)",
  },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--editor-error)" },
  ".cm-lintRange-warning": { backgroundImage: "none", borderBottom: "2px dashed var(--editor-warning)" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--editor-error)" },
  ".cm-lint-marker": { content: "none", borderRadius: "50%", width: "10px", height: "10px", margin: "5px 2px" },
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--editor-error)" },
  ".cm-lint-marker-warning": { content: "none", backgroundColor: "var(--editor-warning)", borderRadius: "2px" },
});

/**
 * A text editor for YAML. It lives in a shadow tree: only there does it adopt its styles instead of writing a style
 * element, which the page's policy would refuse; and its keys stay its own.
 */
export function YamlEditor({ initial, label, faults, ref, onChange, onSave }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const newest = useRef({ onChange, onSave });
  newest.current = { onChange, onSave };
  const beginning = useRef(initial);

  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const save = (): boolean => {
      newest.current.onSave();
      return true;
    };
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: beginning.current,
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          yaml(),
          syntaxHighlighting(COLOURS),
          LOOK,
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: save },
            ...lintKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            const text = update.state.doc.toString();
            beginning.current = text;
            newest.current.onChange(text);
          }),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, [label]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const { length } = view.state.doc;
    const shown = faults
      .filter(({ from }) => from <= length)
      .map(({ from, to, severity, message }) => ({ from, to: Math.min(to, length), severity, message }));
    view.dispatch(setDiagnostics(view.state, shown));
  }, [faults]);

  useImperativeHandle(ref, () => ({
    goTo(offset) {
      const view = editor.current;
      if (!view) return;
      view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    replace(text) {
      const view = editor.current;
      view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
  }));

  return (
    // Keys of the page must not hear what is typed: seen from outside, the target is this element and no field.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from the page
    <div
      ref={host}
      className="policy-editor"
      onKeyDown={(event) => {
        if (event.key !== "Escape") event.stopPropagation();
      }}
    />
  );
}
