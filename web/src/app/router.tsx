import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router";

import { Loading } from "@/ui/spinner";

import { BareLayout, Layout } from "./layout";
import { NotFound } from "./not-found";
import { RouteError } from "./route-error";

/** Every page is a chunk of its own; the first load holds only what all of them need. */
const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default });

const waiting = <Loading />;
const alone = (
  <main>
    <RouteError />
  </main>
);

/** With our bar above; a page that breaks leaves the bar. */
const pages: RouteObject[] = [
  { index: true, lazy: page(() => import("./pages/landing-page")) },
  { path: "sign-in", lazy: page(() => import("@/features/accounts/sign-in-page")) },
  { path: "register", lazy: page(() => import("@/features/accounts/register-page")) },
  { path: "profile", lazy: page(() => import("@/features/accounts/profile-page")) },
  { path: "dashboard", lazy: page(() => import("@/features/insights/dashboard-page")) },
  { path: "problems", lazy: page(() => import("@/features/problems/problems-page")) },
  { path: "problem/:slug", lazy: page(() => import("./pages/problem-page")) },
  { path: "check", lazy: page(() => import("@/features/call/check/check-page")) },
  { path: "*", element: <NotFound /> },
];

const routes: RouteObject[] = [
  {
    element: <Layout />,
    errorElement: alone,
    hydrateFallbackElement: waiting,
    children: [{ errorElement: <RouteError />, hydrateFallbackElement: waiting, children: pages }],
  },
  {
    // The whole window is the page's: the room and the way into it.
    element: <BareLayout />,
    errorElement: alone,
    hydrateFallbackElement: waiting,
    children: [
      { path: "session/:id", lazy: page(() => import("./pages/session-page")) },
      { path: "join/:token", lazy: page(() => import("@/features/sessions/join-page")) },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
