// error
void orders(long *p, long *q, int any) {
  __atomic_load_n(p, 42); // warning@22: memory order argument to atomic operation is invalid
  __atomic_load_n(p, -1); // warning@22: memory order argument to atomic operation is invalid
  __atomic_load_n(p, __ATOMIC_RELEASE); // warning@22: memory order argument to atomic operation is invalid
  __atomic_load_n(p, __ATOMIC_ACQ_REL); // warning@22: memory order argument to atomic operation is invalid
  __atomic_load_n(p, __ATOMIC_CONSUME);
  __atomic_load(p, q, __ATOMIC_RELEASE); // warning@23: memory order argument to atomic operation is invalid
  __atomic_load_n(p, any);
  __atomic_store_n(p, 1, __ATOMIC_ACQUIRE); // warning@26: memory order argument to atomic operation is invalid
  __atomic_store_n(p, 1, __ATOMIC_CONSUME); // warning@26: memory order argument to atomic operation is invalid
  __atomic_store_n(p, 1, __ATOMIC_ACQ_REL); // warning@26: memory order argument to atomic operation is invalid
  __atomic_store_n(p, 1, __ATOMIC_RELEASE);
  __atomic_store(p, q, __ATOMIC_ACQUIRE); // warning@24: memory order argument to atomic operation is invalid
  __atomic_fetch_add(p, 1, 42); // warning@28: memory order argument to atomic operation is invalid
  __atomic_exchange_n(p, 1, __ATOMIC_RELEASE);
  __atomic_compare_exchange_n(p, q, 4, 1, 5, 42); // warning@46: failure memory order argument to atomic operation is invalid
  __atomic_compare_exchange_n(p, q, 4, 1, 42, 5); // warning@43: success memory order argument to atomic operation is invalid
  __atomic_compare_exchange_n(p, q, 4, 1, __ATOMIC_RELEASE, __ATOMIC_RELEASE); // warning@61: failure memory order argument to atomic operation is invalid
  __atomic_compare_exchange_n(p, q, 4, 1, __ATOMIC_SEQ_CST, __ATOMIC_ACQ_REL); // warning@61: failure memory order argument to atomic operation is invalid
  __atomic_compare_exchange_n(p, q, 4, 1, __ATOMIC_RELAXED, __ATOMIC_SEQ_CST);
  __atomic_thread_fence(42);
}
