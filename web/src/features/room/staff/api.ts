import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/lib/api/client";

/** `problems`: of all pads, so that it is fetched anew when one is added. */
export const useGuide = (id: string, problems: readonly string[]) =>
  useQuery({
    queryKey: ["guide", id, ...problems],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions/{id}/guide", { params: { path: { id } }, signal })),
    placeholderData: (before) => before,
  });

/** As they were at the end. */
export const useStoredNotes = (id: string) =>
  useQuery({
    queryKey: ["notes", id],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions/{id}/notes", { params: { path: { id } }, signal })),
  });
