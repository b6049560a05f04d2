import { useMutation, useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "@/lib/api/client";

/** What is left out stays as it is. */
export type Direction = Schemas["DirectBody"];

/** Lock, timer, quiet time. Everybody in the room is told by its events. */
export const useDirect = (id: string) =>
  useMutation({
    mutationFn: (body: Direction) => answer(api.PATCH("/api/sessions/{id}", { params: { path: { id } }, body })),
  });

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
