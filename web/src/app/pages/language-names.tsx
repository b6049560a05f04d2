import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/lib/api/client";

const NAMED = 10; // so many are a sentence, more are a list

/** The languages this server really runs; until it has answered, the ones we ship. */
const SHIPPED = ["Python", "JavaScript", "TypeScript", "Java", "C", "C++"];

export function LanguageNames() {
  const { i18n, t } = useLingui();
  const languages = useQuery({
    queryKey: ["languages"],
    queryFn: ({ signal }) => answer(api.GET("/api/languages", { signal })),
    staleTime: Infinity,
  });
  const known = languages.data?.languages.map((language) => language.name);
  const names = known?.length ? known : SHIPPED;
  const more = names.length - NAMED;
  return new Intl.ListFormat(i18n.locale).format(more > 1 ? [...names.slice(0, NAMED), t`${more} more`] : names);
}
