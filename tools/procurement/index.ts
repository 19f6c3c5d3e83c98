import type { ToolDefinition } from '../../src/tool/index.ts';
import addProduct from './add-product.ts';
import createPurchaseOrder from './create-purchase-order.ts';
import getInventory from './get-inventory.ts';
import getPurchaseOrder from './get-purchase-order.ts';
import receivePurchaseOrder from './receive-purchase-order.ts';
import saveCatalogItem from './save-catalog-item.ts';
import saveRma from './save-rma.ts';
import searchCatalog from './search-catalog.ts';
import searchProducts from './search-products.ts';
import searchPurchaseOrders from './search-purchase-orders.ts';
import searchRmas from './search-rmas.ts';
import updateProduct from './update-product.ts';

/** The product catalog, products on tickets and projects, purchase orders, inventory, returns. */
export const procurement: readonly ToolDefinition[] = [
  searchCatalog,
  saveCatalogItem,
  searchProducts,
  addProduct,
  updateProduct,
  searchPurchaseOrders,
  getPurchaseOrder,
  createPurchaseOrder,
  receivePurchaseOrder,
  getInventory,
  searchRmas,
  saveRma,
];
