import { useState } from "react";
import { NavigationType, useLocation, useNavigationType, useSearchParams } from "react-router";

import { type Filter, filterOf, searchOf } from "./filter";

/** The filter in the address. */
export function useFilter(): [Filter, (filter: Filter) => void] {
  const [search, setSearch] = useSearchParams();
  const { key } = useLocation();
  const arrived = useNavigationType();
  // The address follows a moment after a press; an input that waited for it would lose letters and seem to refuse a
  // click. So what was chosen last counts, until somebody comes here anew (by a link, or back).
  const [chosen, setChosen] = useState<{ at: string; filter: Filter } | null>(null);
  const current = chosen && (chosen.at === key || arrived === NavigationType.Replace);

  return [
    current ? chosen.filter : filterOf(search),
    (filter) => {
      setChosen({ at: key, filter });
      setSearch(searchOf(filter), { replace: true, preventScrollReset: true });
    },
  ];
}
