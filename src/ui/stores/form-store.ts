import { create } from 'zustand';
import { useModelStore } from './model/model-store';

/** Whose parameters are open, which is at most the selected layer. */
export interface FormStore {
  uid: string | null;
  /** Selects a layer and opens its parameters. */
  open: (uid: string) => void;
  close: () => void;
}

export const useFormStore = create<FormStore>()((set) => ({
  uid: null,
  open: (uid) => {
    useModelStore.getState().select(uid);
    set({ uid });
  },
  close: () => set({ uid: null }),
}));

useModelStore.subscribe(({ selected }) => {
  const { uid, close } = useFormStore.getState();
  if (uid !== null && uid !== selected) close();
});
