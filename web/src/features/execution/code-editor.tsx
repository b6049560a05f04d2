/** One Monaco editor. What it shows is up to `onMount`; this gives it a place, our themes and the reader's settings. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef } from "react";

import { useTheme } from "@/lib/theme";
import { toast } from "@/ui/toast";

import { changeEditorSettings, type EditorSettings, editorSettings, onMac, TAB_KEYS, useEditorSettings } from "./editor-settings";
import { monaco } from "./monaco";
import { useTabWayOut } from "./tab-way-out";

export type CodeEditorInstance = monaco.editor.IStandaloneCodeEditor;

export interface CodeEditorProps {
  /** Its name for assistive technology. */
  label: string;
  readOnly?: boolean;
  /** Said when somebody types although they may not. */
  readOnlyMessage?: string;
  /** Called once with the editor, which has no model yet. What it returns is called before the editor goes away. */
  onMount: (codeEditor: CodeEditorInstance) => () => void;
}

const DEFAULT_TAB_SIZE = 4;
const FONT = '14px "JetBrains Mono Variable"';

export default function CodeEditor({ label, readOnly = false, readOnlyMessage, onMount }: CodeEditorProps) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const instance = useRef<CodeEditorInstance | null>(null);
  const settings = useEditorSettings();
  const theme = useTheme();
  const mount = useEffectEvent(onMount);
  const addTabAction = useEffectEvent((codeEditor: CodeEditorInstance) =>
    codeEditor.addAction({
      id: "tab-leaves",
      label: t`Tab leaves the editor, or indents`,
      keybindings: [(onMac ? monaco.KeyMod.WinCtrl | monaco.KeyMod.Shift : monaco.KeyMod.CtrlCmd) | monaco.KeyCode.KeyM],
      run: () => {
        const tabLeaves = !editorSettings().tabLeaves;
        changeEditorSettings({ tabLeaves });
        toast.info(tabLeaves ? t`Tab leaves the editor now.` : t`Tab indents now.`);
      },
    }),
  );
  // Somebody without a mouse must get out of it again: by Tab where it cannot write, else after these keys.
  const name = readOnly || settings.tabLeaves ? label : t`${label}. Escape, then Tab, leaves it; ${TAB_KEYS} lets Tab leave the editor.`;
  const onKeyDown = useTabWayOut();

  useEffect(() => {
    if (!place.current) return;
    const codeEditor = monaco.editor.create(place.current, { ...FIXED, ...optionsOf(editorSettings()), model: null });
    instance.current = codeEditor;
    // Measured with a stand-in, the caret would be beside its letter once the font has come.
    void document.fonts.load(FONT).then(() => monaco.editor.remeasureFonts());
    const listener = codeEditor.onDidChangeModel(() => applyTabs(codeEditor, editorSettings()));
    addTabAction(codeEditor);
    const unmount = mount(codeEditor);
    return () => {
      unmount();
      listener.dispose();
      instance.current = null;
      codeEditor.dispose();
    };
  }, []);

  useEffect(() => {
    monaco.editor.setTheme(theme);
  }, [theme]);

  useEffect(() => {
    instance.current?.updateOptions({
      ...optionsOf(settings),
      ariaLabel: name,
      readOnly,
      ...(readOnlyMessage ? { readOnlyMessage: { value: readOnlyMessage } } : {}),
    });
    if (instance.current) applyTabs(instance.current, settings);
  }, [settings, name, readOnly, readOnlyMessage]);

  // It only listens to keys on their way to the editor inside.
  return <div ref={place} className="size-full" onKeyDownCapture={onKeyDown} />;
}

const FIXED: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: '"JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, monospace',
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  renderLineHighlight: "line",
  smoothScrolling: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  padding: { top: 12, bottom: 12 },
  lineNumbersMinChars: 3,
  renderFinalNewline: "on", // dimmed, its number has too little contrast
  lineDecorationsWidth: 8,
  glyphMargin: false,
  folding: true,
  fixedOverflowWidgets: true,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
  bracketPairColorization: { enabled: true },
  wordBasedSuggestions: "currentDocument",
  // Code of others is shown as it is: no prompts about their line ends or letters.
  unusualLineTerminators: "off",
  unicodeHighlight: { ambiguousCharacters: false },
  // Enter ends a line; it takes a suggestion only when somebody has moved to one.
  acceptSuggestionOnEnter: "smart",
};

function optionsOf({ fontSize, wordWrap, tabLeaves, ligatures, completion }: EditorSettings): monaco.editor.IEditorOptions {
  return {
    fontSize,
    lineHeight: Math.round(fontSize * 1.55),
    wordWrap: wordWrap ? "on" : "off",
    tabFocusMode: tabLeaves,
    fontLigatures: ligatures,
    // Without it a list only comes when it is asked for, by Ctrl+Space.
    quickSuggestions: completion && { other: true, comments: false, strings: false },
    suggestOnTriggerCharacters: completion,
  };
}

function applyTabs(codeEditor: CodeEditorInstance, { tabSize }: EditorSettings): void {
  const model = codeEditor.getModel();
  if (tabSize === 0) model?.detectIndentation(true, DEFAULT_TAB_SIZE);
  else model?.updateOptions({ tabSize, indentSize: tabSize });
}
