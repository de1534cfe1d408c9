export class UnknownDeliveryError extends Error {
  readonly code = 'unknown_delivery';
  constructor(deliveryId: string) {
    super(`There is no delivery "${deliveryId}".`);
  }
}
