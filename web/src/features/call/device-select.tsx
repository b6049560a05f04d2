import { useLingui } from "@lingui/react/macro";

import { Select } from "@/ui/field";

import type { Device, DeviceKind } from "./devices";

interface Props {
  kind: DeviceKind;
  devices: readonly Device[];
  /** Id of the one in use; null: not known. */
  chosen: string | null;
  onChoose: (id: string) => void;
  hideLabel?: boolean;
}

/** One list to choose a device from. */
export function DeviceSelect({ kind, devices, chosen, onChoose, hideLabel = false }: Props) {
  const { t } = useLingui();
  const names = { camera: t`Camera`, microphone: t`Microphone`, speaker: t`Speaker` };
  const missing = { camera: t`No camera found`, microphone: t`No microphone found`, speaker: t`System speaker` };
  const known = devices.some(({ id }) => id === chosen);
  return (
    <Select
      label={names[kind]}
      hideLabel={hideLabel}
      className="select-sm"
      data-testid={`choose-${kind}`}
      disabled={devices.length === 0}
      value={known ? (chosen ?? "") : ""}
      onChange={(event) => onChoose(event.target.value)}
    >
      {!known && <option value="">{devices.length === 0 ? missing[kind] : t`Chosen by the browser`}</option>}
      {devices.map(({ id, label }, index) => (
        <option key={id} value={id}>
          {label || `${names[kind]} ${index + 1}`}
        </option>
      ))}
    </Select>
  );
}
