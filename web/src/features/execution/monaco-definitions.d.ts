// Monaco types only what registers a language, not the definition behind it.
declare module "monaco-editor/languages/definitions/cpp/cpp";
declare module "monaco-editor/languages/definitions/java/java";
declare module "monaco-editor/languages/definitions/javascript/javascript";
declare module "monaco-editor/languages/definitions/python/python";
declare module "monaco-editor/languages/definitions/typescript/typescript";
