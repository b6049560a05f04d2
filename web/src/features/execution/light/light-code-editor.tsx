/** The light editor: as `code-editor` is for Monaco, a place with the reader's settings. In a chunk of its own. */
import { Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { useTheme } from "@/lib/theme";
import { toast } from "@/ui/toast";

import { changeEditorSettings, editorSettings, onMac, TAB_KEYS, useEditorSettings } from "../editor-settings";
import { useTabWayOut } from "../tab-way-out";
import { LightEditor } from "./light-editor";
import type { Look } from "./setup";

export interface LightCodeEditorProps {
  label: string;
  readOnly?: boolean;
  /** Said when somebody types although they may not. */
  readOnlyMessage?: string;
  /** Called once with the editor, which is empty yet. What it returns is called before the editor goes away. */
  onMount: (editor: LightEditor) => () => void;
}

/** The same keys as in Monaco. */
const isTabKey = (event: KeyboardEvent): boolean =>
  event.code === "KeyM" && event.ctrlKey && !event.altKey && !event.metaKey && event.shiftKey === onMac;

export default function LightCodeEditor({ label, readOnly = false, readOnlyMessage, onMount }: LightCodeEditorProps) {
  const { t } = useLingui();
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<LightEditor | null>(null);
  const settings = useEditorSettings();
  const theme = useTheme();
  const mount = useEffectEvent(onMount);
  const onKeyDown = useTabWayOut();
  const name = readOnly || settings.tabLeaves ? label : t`${label}. Escape, then Tab, leaves it; ${TAB_KEYS} lets Tab leave the editor.`;
  const toggleTab = useEffectEvent(() => {
    const tabLeaves = !editorSettings().tabLeaves;
    changeEditorSettings({ tabLeaves });
    toast.info(tabLeaves ? t`Tab leaves the editor now.` : t`Tab indents now.`);
  });
  const refuse = useEffectEvent(() => {
    if (readOnly && readOnlyMessage) toast.info(readOnlyMessage);
  });
  const look = useEffectEvent((): Look => ({ settings, theme, label: name, readOnly }));

  useEffect(() => {
    if (!place.current) return;
    const listeners = Prec.highest(
      EditorView.domEventHandlers({
        keydown: (event) => {
          if (!isTabKey(event)) return false;
          toggleTab();
          return true;
        },
        beforeinput: () => {
          refuse();
          return false;
        },
      }),
    );
    const mounted = new LightEditor(place.current, look(), listeners);
    const unmount = mount(mounted);
    setEditor(mounted);
    return () => {
      setEditor(null);
      unmount();
      mounted.destroy();
    };
  }, []);

  useEffect(() => editor?.setLook({ settings, theme, label: name, readOnly }), [editor, settings, theme, name, readOnly]);

  // It only listens to keys on their way to the editor inside.
  return <div ref={place} className="size-full" onKeyDownCapture={onKeyDown} />;
}
