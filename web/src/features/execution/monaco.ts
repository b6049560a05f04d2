/**
 * Monaco with the parts that we use. Everything that imports this file is in a chunk of its own, loaded when an editor
 * is about to be shown: it weighs more than the rest of the app together.
 */
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeEditor/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/dnd/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/gotoLine/register";
import "monaco-editor/features/iPadShowKeyboard/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/lineSelection/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/longLinesHelper/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/quickCommand/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/suggest/register";
import "monaco-editor/features/tokenization/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/features/wordPartOperations/register";
// Colours and brackets only: each is a small chunk, loaded when a file of it is opened.
import "monaco-editor/languages/definitions/clojure/register";
import "monaco-editor/languages/definitions/cpp/register";
import "monaco-editor/languages/definitions/csharp/register";
import "monaco-editor/languages/definitions/elixir/register";
import "monaco-editor/languages/definitions/fsharp/register";
import "monaco-editor/languages/definitions/go/register";
import "monaco-editor/languages/definitions/java/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/kotlin/register";
import "monaco-editor/languages/definitions/lua/register";
import "monaco-editor/languages/definitions/pascal/register";
import "monaco-editor/languages/definitions/perl/register";
import "monaco-editor/languages/definitions/php/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/r/register";
import "monaco-editor/languages/definitions/ruby/register";
import "monaco-editor/languages/definitions/rust/register";
import "monaco-editor/languages/definitions/scala/register";
import "monaco-editor/languages/definitions/scheme/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/sql/register";
import "monaco-editor/languages/definitions/swift/register";
import "monaco-editor/languages/definitions/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";

import { day, night } from "./editor-themes";
import { registerOwnLanguages } from "./own-languages";

// Those that are chosen most come with the editor: switching the language must not need the server, which may be away just then.
await Promise.allSettled([
  import("monaco-editor/languages/definitions/cpp/cpp"),
  import("monaco-editor/languages/definitions/java/java"),
  import("monaco-editor/languages/definitions/javascript/javascript"),
  import("monaco-editor/languages/definitions/python/python"),
  import("monaco-editor/languages/definitions/typescript/typescript"),
]);

registerOwnLanguages();
self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
monaco.editor.defineTheme("day", day);
monaco.editor.defineTheme("night", night);

export { monaco };
