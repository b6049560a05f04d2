import { useQuery } from "@tanstack/react-query";

import { answer, api } from "@/lib/api/client";

export const useGuide = (id: string, problem: string) =>
  useQuery({
    queryKey: ["guide", id, problem],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions/{id}/guide", { params: { path: { id } }, signal })),
  });

/** As they were at the end. */
export const useStoredNotes = (id: string) =>
  useQuery({
    queryKey: ["notes", id],
    queryFn: ({ signal }) => answer(api.GET("/api/sessions/{id}/notes", { params: { path: { id } }, signal })),
  });
