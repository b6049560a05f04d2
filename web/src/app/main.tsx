import "./app.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { forgetOldRooms } from "@/lib/kept-rooms";

import { App } from "./app";
import { createRouter } from "./router";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App router={createRouter()} />
  </StrictMode>,
);
void forgetOldRooms();
