import { PageLoading } from "@/components/cabinet/page-loading";

export default PageLoading;
