import { DataTableLoading } from "@/components/blocks/data-table";

export default function CatalogLoading() {
  return <DataTableLoading rows={10} />;
}
