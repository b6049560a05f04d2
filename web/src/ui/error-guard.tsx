import { Component, type ReactNode } from "react";

interface Props {
  /** Called when something inside broke; from then on nothing of it is shown. */
  onError: () => void;
  children: ReactNode;
}

/** Keeps what breaks inside from taking the rest of the page with it. */
export class ErrorGuard extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(): void {
    this.props.onError();
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}
