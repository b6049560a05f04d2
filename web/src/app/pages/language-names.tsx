import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/lib/api/client";

/** The languages this server really runs; until it has answered, the ones we ship. */
const SHIPPED = ["Python", "JavaScript", "TypeScript", "Java", "C", "C++"];

export function LanguageNames() {
  const { i18n } = useLingui();
  const languages = useQuery({
    queryKey: ["languages"],
    queryFn: ({ signal }) => answer(api.GET("/api/languages", { signal })),
    staleTime: Infinity,
  });
  const names = languages.data?.languages.map((language) => language.name);
  return new Intl.ListFormat(i18n.locale).format(names?.length ? names : SHIPPED);
}
