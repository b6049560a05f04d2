import { i18n } from "@lingui/core";

// English stands in the source and is compiled in beside its id; another language would load its catalogue here.
i18n.loadAndActivate({ locale: "en", messages: {} });

export { i18n };
