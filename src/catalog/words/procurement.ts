import type { GroupWords } from './words.ts';

/** The product catalog, purchasing and stock. */
export const PROCUREMENT: GroupWords = {
  adjustments:
    'Corrections of stock: counted, lost, found | inventory adjustment stock count stocktake write off correct quantity shrinkage',
  'adjustments/details': 'Lines of a stock correction | inventory adjustment line',
  'adjustments/types': 'Types of stock corrections | reason',
  catalog:
    'The product catalog: what we sell, with price and cost | product item sku part service price list cost parts hardware software catalogue sell',
  'catalog/components': 'Parts of a bundle in the catalog | kit bundle component package',
  'catalog/inventory':
    'Stock of a catalog item by warehouse and bin | on hand quantity in stock available level inventory how many',
  'catalog/minimumstockbywarehouse':
    'Least stock of a catalog item by warehouse | reorder point minimum level low stock safety stock',
  'catalog/pricing':
    'Price of a catalog item for a company and quantity | customer price calculate cost sell discount quote',
  'catalog/quantityonhand':
    'How many of a catalog item are in stock | on hand quantity stock inventory available how many shelf',
  categories: 'Product categories | product group kind',
  'categories/subcategories': 'Product subcategories of a category',
  manufacturers: 'Manufacturers of products | brand maker vendor make oem',
  onhandserialnumbers: 'Serial numbers of products in stock | serial number warehouse on hand',
  pricingschedules: 'Price lists for customers | pricing schedule special price discount tier price book',
  'pricingschedules/details': 'Lines of a price list | discount product price',
  'pricingschedules/details/breaks': 'Quantity breaks of a price list line | volume discount price break bulk',
  products:
    'Products charged to tickets, projects, deals and orders | part sold used material line hardware item billable cost price charge add to ticket',
  'products/components': 'Parts of a charged bundle | kit component',
  'products/detach': 'Take a product off what it is charged to | detach remove unlink',
  'products/pickingshippingdetails':
    'What was picked and shipped of a product | pick ship deliver pack shipment tracking serial fulfil',
  purchaseorders:
    'Purchase orders to vendors | buy order po supplier vendor ordered parts purchasing on order distributor procure delivery expected',
  'purchaseorders/lineitems':
    'Lines of a purchase order: what is ordered and received | po line receive received delivery arrived goods receipt backorder quantity shipment',
  'purchaseorders/lineitems/bulk': 'Change or delete many lines of a purchase order at once | bulk receive all',
  purchaseorderstatuses: 'Statuses of purchase orders | po state',
  'purchaseorderstatuses/emailtemplates': 'E-mails sent when a purchase order reaches a status',
  'purchaseorderstatuses/notifications': 'Who is told when a purchase order reaches a status | notify alert',
  purchasingdemands:
    'Order what is needed: makes purchase orders of demands | purchasing demand reorder needed replenish to be ordered',
  rmaactions: 'What is done with returned goods: repair, replace, credit | rma action',
  rmadispositions: 'Where returned goods go | rma disposition',
  rmastatuses: 'Statuses of returns | rma status',
  'rmastatuses/emailtemplates': 'E-mails sent when a return reaches a status | rma',
  'rmastatuses/notifications': 'Who is told when a return reaches a status | rma notify',
  rmatags:
    'Returns of goods to vendors | rma return defective broken faulty warranty replacement send back supplier merchandise',
  'rmatags/default': 'Values for a new return | rma',
  settings: 'Settings of procurement | purchasing configuration',
  shipmentmethods: 'Ways to ship: courier, pickup | shipping carrier delivery freight ups fedex method',
  subcategories: 'Product subcategories | product group',
  types: 'Product types: inventory, service, bundle | kind of product',
  unitofmeasures: 'Units in which products are counted | unit each hour box uom measure',
  'unitofmeasures/conversions': 'How units convert into one another | uom factor',
  warehousebins: 'Bins of warehouses: where things lie | shelf rack van truck storage location bin',
  'warehousebins/inventoryonhand': 'What lies in a warehouse bin | stock on hand inventory quantity shelf van truck',
  warehouses: 'Warehouses | stock room storage depot store inventory location',
};
